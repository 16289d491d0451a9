/** Texts of the administrator's page. */
export const admin = {
  'admin.title': 'School set-up',
  'admin.lede': 'How {school} uses Waymark: the LMS, advisory courses, and who may change this.',

  'admin.connections.title': 'Connections to your LMS',
  'admin.connections.none': 'No LMS is connected yet. Make a registration link to begin.',
  'admin.connections.sub': '{lms}, {host}',
  'admin.connections.active': 'Connected',
  'admin.connections.waiting': 'Waits for you',
  'admin.connections.removed': 'Removed',
  'admin.connections.approve': 'Approve',
  'admin.connections.approveMore': 'the connection to {name}',
  'admin.connections.placeMore': 'place {id}',
  'admin.connections.check':
    'Approve only what you know: from then on people who open Waymark there reach your school’s plans.',
  'admin.connections.place': 'Place in the LMS: {id}',
  'admin.connections.placeSub': 'Seen {day}. Part of {name}',

  'admin.invite.title': 'Connect an LMS',
  'admin.invite.body':
    'A registration link connects one LMS, once. Give it to the person who runs your LMS. After it was used, the connection waits here for you.',
  'admin.invite.button': 'Make a registration link',
  'admin.invite.ready': 'Your registration link',
  'admin.invite.hint': 'Works once, until {day}. It is shown only now. Treat it like a password.',
  'admin.invite.canvas':
    'Canvas: Admin, Developer Keys, + Developer Key, + LTI Registration. Paste it there.',
  'admin.invite.moodle':
    'Moodle: Site administration, Plugins, External tool, Manage tools. Paste it as the tool URL and choose “Add LTI Advantage”.',
  'admin.invite.other':
    'Schoology and others: ask the person who runs Waymark. The settings are copied by hand there.',

  'admin.courses.title': 'Advisory courses',
  'admin.courses.lede':
    'The teachers of an advisory course are the advisors of its students: they see their plans.',
  'admin.courses.none': 'No course yet. A course appears when somebody opens Waymark in it.',
  'admin.courses.search': 'Find a course',
  'admin.courses.noneFound': 'No course has this in its name.',
  'admin.courses.mark': 'Make advisory',
  'admin.courses.unmark': 'Not advisory any more',
  'admin.courses.more': 'for {title}',
  'admin.courses.sub': '{lms}. {students, plural, =0 {No students yet} one {# student} other {# students}}',

  'admin.people.title': 'Who may change this page',
  'admin.people.lede':
    'Administrators set up the school and may read every plan of it. An administrator of the LMS is none here until somebody adds them.',
  'admin.people.unknown': 'Somebody',
  'admin.people.you': 'You',
  'admin.people.since': 'Since {day}, added by {name}',
  'admin.people.operator': 'the person who runs Waymark',
  'admin.people.remove': 'Remove',
  'admin.people.removeMore': '{name} as an administrator',
  'admin.people.candidates': 'Administrators of your LMS who have opened Waymark',
  'admin.people.add': 'Add',
  'admin.people.addMore': '{name} as an administrator',
  'admin.people.find': 'Add somebody else',
  'admin.people.who': 'Student or staff ID, or e-mail',
  'admin.people.whoHint': 'They must have opened Waymark once, or be on the roster of a course.',
  'admin.people.button': 'Add as administrator',

  'admin.error.nobody': 'Nobody with this ID or e-mail is known to Waymark yet.',
  'admin.error.several': 'Several people have this e-mail. Use the ID instead.',
  'admin.error.empty': 'Enter an ID or an e-mail.',
  'admin.error.self': 'You cannot remove yourself. Another administrator can.',
  'admin.error.testUser': 'A test user cannot be an administrator.',

  'admin.done.platform': 'The LMS is connected.',
  'admin.done.deployment': 'This place in the LMS is approved.',
  'admin.done.advisoryOn': '{title} is an advisory course now.',
  'admin.done.advisoryOff': '{title} is no longer an advisory course.',
  'admin.done.granted': '{name} is an administrator from their next visit on.',
  'admin.done.revoked': '{name} is no longer an administrator.',
} as const;
