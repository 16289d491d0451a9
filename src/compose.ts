import { type Env } from '../config/env.ts';
import type { AppDeps } from './deps.ts';
import { startWorker, type Worker } from './jobs/worker.ts';
import { createKeyFinder } from './lti/jwks.ts';
import { createLtiServices } from './lti/services.ts';
import { useRootSealer } from './privacy/dataKeys.service.ts';
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
  const lti = createLtiServices({ env, log, sealer });
  const findKey = createKeyFinder((uri) => lti.fetchKeySet(uri, [new URL(uri).origin]));
  return { env, log, clock, lti, findKey, isReady, ...(root ? { root } : {}) };
}

/** The worker of a composed product. */
export function composeWorker({ lti, log, clock }: AppDeps): Worker {
  return startWorker({ grades: lti.grades, rosterPages: lti.rosterPages, log, clock, chance: Math.random });
}
