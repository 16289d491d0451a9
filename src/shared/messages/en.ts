import { site } from './en/site.ts';
import { review } from './en/review.ts';
import { caseload } from './en/caseload.ts';
import { careers } from './en/careers.ts';
import { admin } from './en/admin.ts';
import { after } from './en/after.ts';
import { assessments } from './en/assessments.ts';
import { assign } from './en/assign.ts';
import { component } from './en/component.ts';
import { coordination } from './en/coordination.ts';
import { coursePlan } from './en/coursePlan.ts';
import { courses } from './en/courses.ts';
import { experiences } from './en/experiences.ts';
import { family } from './en/family.ts';
import { frameworks } from './en/frameworks.ts';
import { missing } from './en/missing.ts';
import { goalPages } from './en/goalPages.ts';
import { goals } from './en/goals.ts';
import { home } from './en/home.ts';
import { inventory } from './en/inventory.ts';
import { imports } from './en/imports.ts';
import { lti } from './en/lti.ts';
import { meetings } from './en/meetings.ts';
import { pathways } from './en/pathways.ts';
import { plans } from './en/plans.ts';
import { files } from './en/files.ts';
import { portfolio } from './en/portfolio.ts';
import { print } from './en/print.ts';
import { renew } from './en/renew.ts';
import { shared } from './en/shared.ts';
import { skills } from './en/skills.ts';
import { system } from './en/system.ts';
import { taskPages } from './en/taskPages.ts';
import { signatures } from './en/signatures.ts';
import { planHistory } from './en/planHistory.ts';
import { templates } from './en/templates.ts';
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
  ...after,
  ...assessments,
  ...assign,
  ...careers,
  ...component,
  ...coordination,
  ...coursePlan,
  ...courses,
  ...experiences,
  ...family,
  ...frameworks,
  ...missing,
  ...goals,
  ...goalPages,
  ...home,
  ...inventory,
  ...imports,
  ...lti,
  ...meetings,
  ...signatures,
  ...planHistory,
  ...pathways,
  ...plans,
  ...print,
  ...renew,
  ...files,
  ...portfolio,
  ...tasks,
  ...templates,
  ...taskPages,
  ...caseload,
  ...review,
  ...site,
  ...skills,
} as const;
