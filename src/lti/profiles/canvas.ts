import { isFinal, type Score } from '../score.ts';
import {
  CLAIMS,
  dueDate,
  isoMillis,
  offered,
  plainContentItem,
  plainLineItem,
  plainScore,
} from './common.ts';
import { generic, submission } from './generic.ts';
import type { Profile, ToolOffer } from './profile.ts';

const SUBMISSION = 'https://canvas.instructure.com/lti/submission';
const LTI = 'https://canvas.instructure.com/lti';
const ATTEMPTS_USED = 'attempts used up';

/** Canvas's hosted platforms, each with the host that signs people in (lms.md section 1.1). */
const HOSTED: ReadonlyMap<string, string> = new Map([
  ['https://canvas.instructure.com', 'sso.canvaslms.com'],
  ['https://canvas.beta.instructure.com', 'sso.beta.canvaslms.com'],
  ['https://canvas.test.instructure.com', 'sso.test.canvaslms.com'],
]);

/** Variables of Canvas's documented list; those without a value arrive literally (lms.md section 1.5). */
const VARIABLES = {
  ilp_lms: 'canvas',
  canvas_user_id: '$Canvas.user.id',
  canvas_user_uuid: '$vnd.instructure.User.uuid',
  canvas_user_sis_id: '$Canvas.user.sisSourceId',
  canvas_course_id: '$Canvas.course.id',
  canvas_course_sis_id: '$Canvas.course.sisSourceId',
  canvas_course_state: '$Canvas.course.workflowState',
  canvas_api_domain: '$Canvas.api.domain',
  canvas_section_ids: '$Canvas.course.sectionIds',
  canvas_term_name: '$Canvas.term.name',
  canvas_term_start: '$Canvas.term.startAt',
  canvas_term_end: '$Canvas.term.endAt',
  canvas_enrollment_state: '$Canvas.enrollment.enrollmentState',
  canvas_roles: '$Canvas.membership.roles',
  canvas_observees: '$com.instructure.User.observees',
  canvas_observee_sis_ids: '$com.instructure.Observee.sisIds',
  canvas_masquerading_user_id: '$Canvas.masqueradingUser.id',
  canvas_high_contrast: '$Canvas.user.prefersHighContrast',
  canvas_assignment_id: '$Canvas.assignment.id',
  canvas_assignment_published: '$Canvas.assignment.published',
  context_id_history: '$Context.id.history',
  submission_end: '$ResourceLink.submission.endDateTime',
  user_timezone: '$Person.address.timezone',
  user_locale: '$Message.locale',
};

/** Canvas, from its source and documentation (lms.md section 1). */
export const canvas: Profile = {
  ...generic,
  family: 'canvas',
  rosterPageSize: 50,
  originsOf: (issuer) => (HOSTED.has(issuer) ? ['https://*.instructure.com'] : []),
  configurationHosts: (issuer) => {
    const host = HOSTED.get(issuer);
    return host ? [host] : [];
  },
  registration: (offer) => ({
    claims: CLAIMS,
    customParameters: VARIABLES,
    messages: messages(offer),
    // Observers say whom they observe only at the level "public".
    extras: {
      [`${LTI}/privacy_level`]: 'public',
      [`${LTI}/tool_id`]: 'waymark',
      [`${LTI}/vendor`]: 'Waymark',
    },
  }),
  scoreBody,
  secondTry: (body, refusal) =>
    refusal.detail.endsWith(ATTEMPTS_USED)
      ? { ...body, [SUBMISSION]: { ...(body[SUBMISSION] as object), new_submission: false } }
      : null,
  // Without the extension the column is a "no submission" assignment that leads nowhere.
  lineItemBody: (item, launchUrl) => ({
    ...plainLineItem(item),
    [`${LTI}/submission_type`]: { type: 'external_tool', external_tool_url: launchUrl },
  }),
  contentItem: (item) => ({
    ...plainContentItem(item),
    window: { targetName: '_self' },
    iframe: { width: 900, height: 900 },
    ...dueDate(item),
  }),
  lmsUserId: (custom) => custom['canvas_user_id'],
  refusals: [
    {
      call: 'score',
      status: [422],
      text: /maximum number of allowed attempts/i,
      reason: 'refused',
      retry: false,
      note: ATTEMPTS_USED,
    },
  ],
};

/**
 * Canvas makes every post a new attempt and clears the grade at every state that is not final, unless told
 * otherwise. `prioritize_non_tool_grade` keeps any grade that is there, also our own: right for a first post,
 * wrong for a regrade (lms.md 1.8).
 */
function scoreBody(score: Score): Record<string, unknown> {
  const final = isFinal(score);
  const handedIn = submission(score.submittedAt);
  return {
    ...plainScore(score, isoMillis(score.timestamp)),
    ...(handedIn ? { submission: handedIn } : {}),
    [SUBMISSION]: {
      new_submission: score.newAttempt,
      ...(final ? {} : { preserve_score: true }),
      ...(final && score.firstPost ? { prioritize_non_tool_grade: true } : {}),
      ...(handedIn ? { submitted_at: handedIn['submittedAt'] } : {}),
    },
  };
}

function messages(offer: ToolOffer): Record<string, unknown>[] {
  const link = (placement: string, label: string, extras: object): Record<string, unknown> => ({
    type: 'LtiResourceLinkRequest',
    target_link_uri: offer.launchUrl,
    label,
    icon_uri: offer.logoUrl,
    placements: offered(offer, 'LtiResourceLinkRequest', [placement]),
    ...extras,
  });
  const all = [
    link('course_navigation', offer.name, {
      [`${LTI}/course_navigation/default_enabled`]: false,
      [`${LTI}/visibility`]: 'members',
      [`${LTI}/display_type`]: 'full_width_in_context',
    }),
    link('account_navigation', offer.name, { [`${LTI}/visibility`]: 'admins' }),
    {
      type: 'LtiDeepLinkingRequest',
      target_link_uri: offer.launchUrl,
      label: 'Plan task',
      placements: offered(offer, 'LtiDeepLinkingRequest', [
        'assignment_selection',
        'course_assignments_menu',
        'module_index_menu_modal',
        'link_selection',
      ]),
      supported_types: ['ltiResourceLink'],
      [`${LTI}/launch_width`]: 900,
      [`${LTI}/launch_height`]: 900,
    },
  ];
  return all.filter(({ placements }) => (placements as string[]).length > 0);
}
