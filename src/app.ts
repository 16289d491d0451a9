/** The pipeline, one line a step; the features bring their routes. */
import express, { type Express } from 'express';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { adminRoutes } from './admin/admin.routes.ts';
import { caseloadRoutes } from './caseload/caseload.routes.ts';
import { courseRoutes } from './courses/course.routes.ts';
import { familyRoutes } from './family/family.routes.ts';
import { goalRoutes } from './goals/goal.routes.ts';
import { deepLinkRoutes } from './lti/deepLink.routes.ts';
import { doorRoutes } from './lti/door.routes.ts';
import { registrationRoutes } from './lti/registration.routes.ts';
import { planRoutes } from './plans/plan.routes.ts';
import { reviewRoutes } from './plans/review.routes.ts';
import { assignmentRoutes } from './tasks/assignment.routes.ts';
import { taskRoutes } from './tasks/task.routes.ts';
import type { AppDeps } from './deps.ts';
import { readAssets } from './shared/assets.ts';
import { NotFound } from './shared/errors.ts';
import { usePages } from './shared/page.ts';
import { serveAssets } from './web/assets.ts';
import { parseForms } from './web/body.ts';
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
    ...goalRoutes(),
    ...taskRoutes(),
    ...assignmentRoutes(),
    ...reviewRoutes(),
    ...caseloadRoutes(),
    ...courseRoutes(),
    ...familyRoutes(),
    ...adminRoutes(deps.lti),
  ];
}

export function createApp(deps: AppDeps): Express {
  const { env, log, clock } = deps;
  const root = deps.root ?? ROOT;
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.enable('strict routing');
  app.set('trust proxy', env.TRUST_PROXY_HOPS);
  app.set('query parser', 'simple');
  usePages(app, {
    viewsDir: join(root, 'views'),
    cache: env.NODE_ENV !== 'development',
    asset: readAssets(join(root, 'public/build/manifest.json')),
  });
  app.use(browserRules(env.PUBLIC_URL));
  app.use('/assets', serveAssets(join(root, 'public/build')));
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
