import { site } from './en/site.ts';
import { review } from './en/review.ts';
import { caseload } from './en/caseload.ts';
import { admin } from './en/admin.ts';
import { assign } from './en/assign.ts';
import { courses } from './en/courses.ts';
import { family } from './en/family.ts';
import { goalPages } from './en/goalPages.ts';
import { goals } from './en/goals.ts';
import { home } from './en/home.ts';
import { lti } from './en/lti.ts';
import { plans } from './en/plans.ts';
import { shared } from './en/shared.ts';
import { system } from './en/system.ts';
import { taskPages } from './en/taskPages.ts';
import { tasks } from './en/tasks.ts';

/**
 * Every text a person sees, in English, as ICU messages. Keys: `area.thing`, the area being the feature's
 * folder (`plans.submit`), or one of those in `en/shared.ts`; camelCase after the dot, deeper dots for families
 * (`plans.state.draft`). A feature keeps its texts in `en/<feature>.ts` and adds one line here.
 */
export const en = {
  ...shared,
  ...system,
  ...admin,
  ...assign,
  ...courses,
  ...family,
  ...goals,
  ...goalPages,
  ...home,
  ...lti,
  ...plans,
  ...tasks,
  ...taskPages,
  ...caseload,
  ...review,
  ...site,
} as const;
