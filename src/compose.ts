import { type Env } from '../config/env.ts';
import { recomputeStudents } from './coursePlan/change.service.ts';
import type { Course } from './courses/course.ts';
import { studentsOf } from './courses/enrolment.service.ts';
import type { AppDeps } from './deps.ts';
import { takeMigration } from './frameworks/migration.service.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import { createKeyFinder } from './lti/jwks.ts';
import { createLtiServices } from './lti/services.ts';
import { PLAN_PARTS } from './planParts.ts';
import { providePlanParts } from './plans/parts.service.ts';
import { useRootSealer } from './privacy/dataKeys.service.ts';
import { chromiumFinder } from './print/chromium.ts';
import { createPdfMaker } from './print/pdf.ts';
import { createSealer } from './shared/crypto.ts';
import type { Log } from './shared/log.ts';

/** Puts the product together; the database must be connected. Server, demo and tests do it alike. */
export function compose(settings: {
  env: Env;
  log: Log;
  clock?: () => Date;
  isReady?: () => boolean;
  root?: string;
}): AppDeps {
  const { env, log, clock = () => new Date(), isReady = () => true, root } = settings;
  const secrets = [env.WAYMARK_SECRET, env.WAYMARK_SECRET_PREVIOUS].filter((secret) => secret !== undefined);
  const sealer = createSealer(secrets);
  useRootSealer(sealer);
  providePlanParts(PLAN_PARTS);
  const lti = createLtiServices({ env, log, sealer });
  const findKey = createKeyFinder((uri) => lti.fetchKeySet(uri, [new URL(uri).origin]));
  const pdf = createPdfMaker(chromiumFinder(env.CHROMIUM_PATH));
  return { env, log, clock, lti, findKey, pdf, isReady, ...(root ? { root } : {}) };
}

/** The worker of a composed product. */
export function composeWorker({ lti, log, clock }: AppDeps): Worker {
  const others = [() => takeMigration(clock)];
  const { grades, rosterPages } = lti;
  return startWorker({ grades, rosterPages, afterRoster, log, clock, chance: Math.random, others });
}

/** The courses students take now are part of their plans' audit: told anew when a roster was read. */
async function afterRoster({ institution, id }: Course, now: Date): Promise<void> {
  const students = await studentsOf(institution, [id]);
  await recomputeStudents(
    institution,
    students.map(({ person }) => person),
    now,
  );
}
