/** What a school says about its own plan: templates, their versions, moving plans to a new one. */
export const templates = {
  'templates.error.noPreset': 'Choose at least one framework to start from.',
  'templates.error.changed': 'Somebody else changed this template meanwhile. Look at it again, then save.',
  'templates.error.notDraft': 'Only a draft can be changed. Start a new version instead.',
  'templates.error.notPublished': 'Only a published version can be retired.',
  'templates.error.sameVersion': 'These plans use this version already.',
  'templates.error.notDone': 'Only a finished move can be undone.',
  'templates.flaw.noParts': 'Switch at least one part on.',
  'templates.flaw.noWeight': 'Nothing counts yet: give at least one part, and its section, a weight above 0.',
  'templates.flaw.noRequired': 'Mark at least one part as required.',
} as const;
