import {
  CLAIMS,
  dueDate,
  finalScoreOnly,
  isoMillis,
  plainContentItem,
  plainLineItem,
  withoutUndefined,
} from './common.ts';
import type { Profile, ToolOffer } from './profile.ts';

/** What the specifications promise, and no more: for every LMS whose manners are not known. */
export const generic: Profile = {
  family: 'generic',
  rosterPageSize: 100,
  originsOf: () => [],
  configurationHosts: () => [],
  registration: (offer) => ({
    claims: CLAIMS,
    customParameters: { context_id_history: '$Context.id.history', lms_user_id: '$User.id' },
    messages: plainMessages(offer),
    extras: {},
  }),
  scoreBody: (score) => {
    const body = finalScoreOnly(score, isoMillis);
    return body && withoutUndefined({ ...body, submission: submission(score.submittedAt) });
  },
  secondTry: () => null,
  lineItemBody: plainLineItem,
  contentItem: (item) => ({ ...plainContentItem(item), ...dueDate(item) }),
  lmsUserId: (custom) => custom['lms_user_id'],
  administratorsComeAsTeachers: false,
  refusals: [],
};

/** AGS 2.0 `submission`, so that late penalties count from the real hand-in (lms.md 6.7). */
export function submission(submittedAt: Date | undefined): Record<string, unknown> | undefined {
  return submittedAt && { submittedAt: isoMillis(submittedAt) };
}

/** A link to the tool and the picker, as Moodle and most others take them. */
export function plainMessages(offer: ToolOffer): Record<string, unknown>[] {
  const common = { target_link_uri: offer.launchUrl, label: offer.name, icon_uri: offer.logoUrl };
  return [
    { type: 'LtiResourceLinkRequest', ...common },
    { type: 'LtiDeepLinkingRequest', ...common, placements: ['ContentArea'] },
  ];
}
