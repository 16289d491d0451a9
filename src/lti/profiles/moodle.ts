import { finalScoreOnly, plainContentItem } from './common.ts';
import { generic, plainMessages } from './generic.ts';
import type { Profile } from './profile.ts';

/** Moodle's claims_supported has no locale. */
const CLAIMS = ['iss', 'sub', 'name', 'given_name', 'family_name', 'email'] as const;

/** Timestamps must rise by whole seconds, or Moodle answers 409; it drops the fraction itself. */
const wholeSeconds = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;

/** Moodle 4.5, as measured (lms.md section 3). */
export const moodle: Profile = {
  ...generic,
  family: 'moodle',
  rosterPageSize: 200,
  // Instructor is anyone who may manage activities, and a site administrator may do so everywhere.
  administratorsComeAsTeachers: true,
  registration: (offer) => ({
    claims: CLAIMS,
    // Never lineitem_url, results_url or scores_url: they overwrite the AGS claim.
    customParameters: {
      lms_user_id: '$User.id',
      context_id_history: '$Context.id.history',
      course_start: '$CourseSection.timeFrame.begin',
      course_end: '$CourseSection.timeFrame.end',
      group_ids: '$Moodle.Person.userGroupIds',
      user_timezone: '$Person.address.timezone',
    },
    messages: plainMessages(offer),
    extras: {},
  }),
  // A score that is not FullyGraded erases the grade and its feedback, so states are not sent.
  scoreBody: (score) => finalScoreOnly(score, wholeSeconds),
  // Dates of a deep link are dropped: the teacher sets them in the activity.
  contentItem: plainContentItem,
  refusals: [
    // The body of a refused score stands in the reason phrase, which is never read: it holds personal data.
    { call: 'score', status: [400], reason: 'not-in-course', retry: false },
    { call: 'score', status: [500], reason: 'locked', retry: true },
  ],
};
