/**
 * `npm run demo`: MongoDB, the practice LMS with a sample school, and Waymark connected to it, on one
 * machine with nothing but Node. Ctrl-C ends everything it started.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnv } from '../../config/env.ts';
import { createApp } from '../app.ts';
import { compose, composeWorker } from '../compose.ts';
import { newToken } from '../shared/crypto.ts';
import { createLog } from '../shared/log.ts';
import { connectMongo, disconnectMongo } from '../shared/mongo.ts';
import { closeHttp } from '../web/limits.ts';
import { connectSchool } from './connect.ts';
import { startPracticeLms } from './lms.ts';
import { startMongod } from './mongod.ts';
import { doors } from './doors.ts';
import { readSecret } from './demoSecret.ts';

const FOLDER = join(import.meta.dirname, '../../.demo');
const MOST_PORTS = 50;

const { values: options } = parseArgs({
  options: { keep: { type: 'boolean' }, port: { type: 'string' }, json: { type: 'boolean' } },
});
const say = (line: string): void => void (options.json ? process.stderr : process.stdout).write(`${line}\n`);

async function main(): Promise<void> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = stopOnce(stops);
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  try {
    await start(stops);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await stop(1);
  }
}

async function start(stops: (() => Promise<unknown>)[]): Promise<void> {
  say('Waymark demo. Starting a database …');
  const mongod = await startMongod(options.keep ? { dbPath: join(FOLDER, 'data') } : {});
  stops.unshift(() => mongod.stop());
  say(`  MongoDB: ${mongod.origin}`);
  const tool = await listen(createServer(), Number(options.port ?? 3000), 'Waymark');
  stops.unshift(() => closeHttp(tool.server, 2_000));
  const lms = await startPracticeLms({ port: await freePort(tool.port + 1, 'the practice LMS') });
  stops.unshift(() => lms.stop());
  say(`  Practice LMS: ${lms.url} (Canvas, Schoology and Moodle manners, one sample school)`);
  const env = readEnv({
    NODE_ENV: 'development',
    PORT: String(tool.port),
    PUBLIC_URL: `http://localhost:${tool.port}`,
    MONGODB_URI: mongod.uri,
    WAYMARK_SECRET: readSecret(options.keep ? FOLDER : null, newToken),
    WAYMARK_ALLOW_INSECURE: '1',
    LOG_LEVEL: 'warn',
  });
  await connectMongo(mongod.uri);
  stops.unshift(disconnectMongo);
  const deps = compose({ env, log: createLog(env.LOG_LEVEL, true) });
  tool.server.on('request', createApp(deps));
  const worker = composeWorker(deps);
  stops.unshift(() => worker.stop(2_000));
  say(`  Waymark: ${env.PUBLIC_URL}`);
  say('  Connecting the school: registration, approval, rosters …');
  await connectSchool(lms, deps, worker);
  print(doors(lms), lms.url, env.PUBLIC_URL);
}

function print(people: ReturnType<typeof doors>, lms: string, tool: string): void {
  if (options.json) process.stdout.write(`${JSON.stringify({ lms, tool, people })}\n`);
  say('\nReady. Open one of these (the LMS signs you in and shows Waymark inside the course):\n');
  for (const { as, name, manner, url } of people)
    say(`  ${`${as} in ${manner}`.padEnd(28)} ${name.padEnd(24)} ${url}`);
  say(`\n  Everybody else: ${lms}`);
  say(
    `  ${options.keep ? 'The data stays in .demo/ for the next --keep.' : 'The data is gone when this ends (--keep keeps it).'} Ctrl-C ends it all.`,
  );
}

/** Listens on the wanted port, or the next free one, and says so. */
async function listen(
  server: Server,
  wanted: number,
  what: string,
): Promise<{ server: Server; port: number }> {
  const port = await freePort(wanted, what);
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return { server, port: (server.address() as AddressInfo).port };
}

async function freePort(wanted: number, what: string): Promise<number> {
  for (let port = wanted; port < wanted + MOST_PORTS; port += 1)
    if (await isFree(port)) {
      if (port !== wanted) say(`  Port ${wanted} is taken, so ${what} uses ${port}.`);
      return port;
    }
  throw new Error(`No free port between ${wanted} and ${wanted + MOST_PORTS - 1} for ${what}.`);
}

/** Free on both loopback families: a server of somebody else on one of them would answer in our place. */
async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', 'localhost']) {
    const probe = createServer();
    const answer = await new Promise<boolean>((resolve) => {
      probe.once('error', () => resolve(false));
      probe.listen(port, host, () => resolve(true));
    });
    if (answer) await new Promise((resolve) => probe.close(resolve));
    else return false;
  }
  return true;
}

function stopOnce(stops: (() => Promise<unknown>)[]): (code?: number) => Promise<void> {
  let stopping = false;
  return async (code?: number) => {
    if (stopping) return;
    stopping = true;
    say('\nStopping …');
    for (const stop of stops) await stop().catch((error: unknown) => say(`  ${String(error)}`));
    process.exit(code ?? 0);
  };
}

await main();
