import { dueDate, finalScoreOnly, isoMillis, plainContentItem } from './common.ts';
import { generic } from './generic.ts';
import type { Profile } from './profile.ts';

/** App-level parameters are not sent on deep-linked launches, so each item carries them (lms.md section 2). */
const ITEM_VARIABLES = {
  sgy_assignment_id: '$com.schoology.Assignment.id',
  submission_end: '$com.schoology.Assignment.dueDateIso',
  sgy_user_uid: '$com.schoology.User.uniqueId',
  lms_user_id: '$User.id',
  user_timezone: '$com.schoology.User.timezone',
};

/** Schoology, from its developer pages and tools in production (lms.md section 2). Registered by hand only. */
export const schoology: Profile = {
  ...generic,
  family: 'schoology',
  rosterPageSize: 100,
  originsOf: (issuer) => (issuer === 'https://schoology.schoology.com' ? ['https://*.schoology.com'] : []),
  scoreBody: (score) => finalScoreOnly(score, isoMillis),
  contentItem: (item) => ({
    ...plainContentItem({ ...item, custom: lowerCased({ ...ITEM_VARIABLES, ...item.custom }) }),
    ...dueDate(item),
  }),
  refusals: [{ call: 'roster', text: /invalid accept header/i, reason: 'refused', retry: false }],
};

/** Schoology hands keys back without their capitals. */
function lowerCased(custom: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(custom).map(([key, value]) => [key.toLowerCase(), value]));
}
