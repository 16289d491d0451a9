/**
 * The process: settings, database, then web, worker or both (`--role web|worker`). On SIGTERM it says it is
 * not ready, lets requests and jobs end (at most 20 s), and leaves with 0.
 */
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { BadSettings, readEnv, type Env } from '../config/env.ts';
import { createApp } from './app.ts';
import { compose, composeWorker } from './compose.ts';
import { startTimers } from './jobs/nightly.ts';
import { createLog, type Log } from './shared/log.ts';
import { connectMongo, disconnectMongo } from './shared/mongo.ts';
import { closeHttp, limitHttp } from './web/limits.ts';

const DRAIN_MS = 20_000;

type Role = 'web' | 'worker' | 'both';

async function main(): Promise<void> {
  const env = readEnv();
  const role = readRole();
  const log = createLog(env.LOG_LEVEL);
  await connectMongo(env.MONGODB_URI);
  const stops = await start(env, role, log);
  await leaveOnSignal(log, stops);
}

function readRole(): Role {
  const { values } = parseArgs({ options: { role: { type: 'string', default: 'both' } } });
  if (values.role === 'web' || values.role === 'worker' || values.role === 'both') return values.role;
  throw new BadSettings([`--role is web or worker, not ${values.role}.`]);
}

/** @returns what must be stopped, in this order. */
async function start(env: Env, role: Role, log: Log): Promise<(() => Promise<void>)[]> {
  const state = { ready: true };
  const deps = compose({ env, log, isReady: () => state.ready });
  const stops: (() => Promise<void>)[] = [async () => void (state.ready = false)];
  if (role !== 'worker') stops.push(await listen(createServer(createApp(deps)), env, log));
  if (role !== 'web') {
    const worker = composeWorker(deps);
    stops.push(() => worker.stop(DRAIN_MS), await startTimers(log));
  }
  return [...stops, () => deps.pdf.stop(), disconnectMongo];
}

async function listen(server: Server, env: Env, log: Log): Promise<() => Promise<void>> {
  limitHttp(server);
  server.listen(env.PORT, env.HOST);
  await once(server, 'listening');
  log.info({ port: env.PORT, url: env.PUBLIC_URL }, 'Waymark is ready');
  return () => closeHttp(server, DRAIN_MS);
}

async function leaveOnSignal(log: Log, stops: (() => Promise<void>)[]): Promise<void> {
  const signal = await Promise.race(
    ['SIGTERM', 'SIGINT'].map((name) => once(process, name).then(() => name)),
  );
  log.info({ signal }, 'stopping');
  for (const stop of stops) await stop();
  process.exit(0);
}

main().catch((error: unknown) => {
  const text =
    error instanceof BadSettings
      ? error.message
      : error instanceof Error
        ? (error.stack ?? error.message)
        : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
