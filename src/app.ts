/** The pipeline, one line a step; the features bring their routes. */
import express, { type Express } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { adminRoutes } from './admin/admin.routes.ts';
import { careerImportRoutes } from './careers/import.routes.ts';
import { afterRoutes } from './after/after.routes.ts';
import { exploreRoutes } from './careers/explore.routes.ts';
import { assessmentRoutes } from './assessments/assessment.routes.ts';
import { assessmentStaffRoutes } from './assessments/assessmentStaff.routes.ts';
import { caseloadRoutes } from './caseload/caseload.routes.ts';
import { staffCourseRoutes } from './coursePlan/staff.routes.ts';
import { coordinationRoutes } from './coordination/coordination.routes.ts';
import { coursePlanRoutes } from './coursePlan/coursePlan.routes.ts';
import { courseRoutes } from './courses/course.routes.ts';
import { experienceRoutes } from './experiences/experience.routes.ts';
import { experienceStaffRoutes } from './experiences/experienceStaff.routes.ts';
import { opportunityRoutes } from './experiences/opportunity.routes.ts';
import { frameworkRoutes } from './frameworks/frameworks.routes.ts';
import { familyRoutes } from './family/family.routes.ts';
import { goalRoutes } from './goals/goal.routes.ts';
import { bankAdminRoutes } from './inventory/bankAdmin.routes.ts';
import { inventoryRoutes } from './inventory/inventory.routes.ts';
import { deepLinkRoutes } from './lti/deepLink.routes.ts';
import { doorRoutes } from './lti/door.routes.ts';
import { registrationRoutes } from './lti/registration.routes.ts';
import { importRoutes } from './imports/import.routes.ts';
import { IMPORT_TARGETS } from './importTargets.ts';
import { pathwayRoutes } from './pathways/pathways.routes.ts';
import { meetingRoutes } from './meetings/meeting.routes.ts';
import { planHistoryRoutes } from './history/history.routes.ts';
import { signatureRoutes } from './signatures/signature.routes.ts';
import { missingRoutes } from './plans/missing.routes.ts';
import { planRoutes } from './plans/plan.routes.ts';
import { printRoutes } from './print/print.routes.ts';
import { renewRoutes } from './plans/renew.routes.ts';
import { portfolioRoutes } from './portfolio/portfolio.routes.ts';
import { skillRoutes } from './skills/skills.routes.ts';
import { reviewRoutes } from './plans/review.routes.ts';
import { assignRoutes } from './tasks/assign.routes.ts';
import { assignmentRoutes } from './tasks/assignment.routes.ts';
import { taskRoutes } from './tasks/task.routes.ts';
import type { AppDeps } from './deps.ts';
import { readAsset, readAssets } from './shared/assets.ts';
import { NotFound } from './shared/errors.ts';
import { usePages } from './shared/page.ts';
import { serveAssets } from './web/assets.ts';
import { limitBodyTime, parseForms } from './web/body.ts';
import { errorHandler } from './web/errors.ts';
import { browserRules } from './web/headers.ts';
import { assertAllDeclared, mountRoutes } from './web/mount.ts';
import { knowPerson } from './web/person.ts';
import { siteRoutes } from './web/site.routes.ts';
import type { Declaration } from './web/route.ts';

/** Folder with `views` and `public`: of the checkout, also where the compiled product runs from `dist/`. */
const HERE = join(import.meta.dirname, '..');
const ROOT = existsSync(join(HERE, 'views')) ? HERE : join(HERE, '..');

/** All declared routes of the product: mounted by `createApp`, walked by the authorization matrix. */
export function declarations(deps: AppDeps): Declaration[] {
  return [
    ...doorRoutes({ publicUrl: deps.env.PUBLIC_URL, findKey: deps.findKey }, deps.lti.keys),
    ...registrationRoutes(deps.lti.registration),
    ...deepLinkRoutes(deps.lti.deepLinkResponse, deps.env.PUBLIC_URL),
    ...siteRoutes(deps),
    ...planRoutes(),
    ...missingRoutes(),
    ...renewRoutes(),
    ...printRoutes({ pdf: deps.pdf, paperCss: () => readAsset(buildDir(deps), 'paper.css') }),
    ...goalRoutes(),
    ...assessmentRoutes(),
    ...assessmentStaffRoutes(),
    ...exploreRoutes(),
    ...careerImportRoutes(),
    ...experienceRoutes(),
    ...experienceStaffRoutes(),
    ...opportunityRoutes(),
    ...inventoryRoutes(),
    ...skillRoutes(),
    ...afterRoutes(),
    ...coordinationRoutes(),
    ...portfolioRoutes(),
    ...taskRoutes(),
    ...assignmentRoutes(),
    ...assignRoutes(),
    ...reviewRoutes(),
    ...caseloadRoutes(),
    ...courseRoutes(),
    ...coursePlanRoutes(),
    ...meetingRoutes(),
    ...signatureRoutes(),
    ...planHistoryRoutes(),
    ...staffCourseRoutes(),
    ...familyRoutes(),
    ...adminRoutes(deps.lti),
    ...frameworkRoutes(),
    ...pathwayRoutes(),
    ...importRoutes(IMPORT_TARGETS),
    ...bankAdminRoutes(),
  ];
}

const rootOf = ({ root }: AppDeps): string => root ?? ROOT;
const buildDir = (deps: AppDeps): string => join(rootOf(deps), 'public/build');

export function createApp(deps: AppDeps): Express {
  const { env, log, clock } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.set('trust proxy', env.TRUST_PROXY_HOPS);
  app.set('query parser', 'simple');
  const cache = env.NODE_ENV !== 'development';
  usePages(app, {
    viewsDir: join(rootOf(deps), 'views'),
    cache,
    asset: readAssets(join(buildDir(deps), 'manifest.json'), cache),
  });
  app.use(browserRules(env.PUBLIC_URL));
  app.use('/assets', serveAssets(buildDir(deps)));
  app.use(limitBodyTime());
  app.use(parseForms());
  app.use(knowPerson(clock));
  app.use(mountRoutes(declarations(deps), { publicOrigin: new URL(env.PUBLIC_URL).origin, clock }));
  app.use(() => {
    throw new NotFound('no such route');
  });
  app.use(errorHandler(log));
  assertAllDeclared(app);
  return app;
}
