/**
 * `npm run demo`: MongoDB, the practice LMS with a sample school, and Waymark connected to it, on one machine.
 * Ctrl-C ends everything it started.
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readEnv } from '../../config/env.ts';
import { createApp } from '../app.ts';
import { compose, composeWorker } from '../compose.ts';
import { newToken } from '../shared/crypto.ts';
import { createLog } from '../shared/log.ts';
import { connectMongo, disconnectMongo } from '../shared/mongo.ts';
import { closeHttp } from '../web/limits.ts';
import { connectSchool } from './connect.ts';
import { readDemoCommand, type DemoOptions } from './demoOptions.ts';
import { readyText, type DemoFacts } from './demoText.ts';
import { doors } from './doors.ts';
import { freePort } from './freePort.ts';
import { startPracticeLms, type PracticeLms } from './lms.ts';
import { startMongod } from './mongod.ts';
import { readSecret } from './demoSecret.ts';
import { addSampleCourses } from './sampleCourses.ts';
import { addSamplePlans } from './samplePlans.ts';
import { watchAssets } from './watchAssets.ts';

const FOLDER = join(import.meta.dirname, '../../.demo');
/** How long a step that runs may take to end after Ctrl-C: half a step would be told as a fault. */
const STEP_MS = 5_000;
/** npm and tsx each hand the same Ctrl-C on: a signal within this time is no second one. */
const SAME_SIGNAL_MS = 700;

type Say = (line: string) => void;
type Stop = () => unknown;

/** What is running, with how to end it, the last started first. */
interface Demo {
  options: DemoOptions;
  say: Say;
  signal: AbortSignal;
  stops: Stop[];
}

async function main(): Promise<void> {
  const command = readDemoCommand(process.argv.slice(2));
  if (command.is !== 'run') return tell(command);
  const { options } = command;
  const say: Say = (line) => void (options.json ? process.stderr : process.stdout).write(`${line}\n`);
  const ending = new AbortController();
  const demo: Demo = { options, say, signal: ending.signal, stops: [] };
  const starting = start(demo).then((facts) => show(demo, facts));
  const leave = async (code: number): Promise<never> => {
    say('\nStopping …');
    ending.abort();
    await Promise.race([starting.catch(() => undefined), delay(STEP_MS)]);
    for (const stop of demo.stops) await endOne(stop, say);
    process.exit(code);
  };
  const state = { ready: false };
  onSignals((times) => (times === 1 ? void leave(state.ready ? 0 : 130) : process.exit(130)));
  try {
    await starting;
    state.ready = true;
  } catch (error) {
    if (ending.signal.aborted) return;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    await leave(1);
  }
}

function tell({ is, text }: { is: 'help' | 'refused'; text: string }): void {
  (is === 'help' ? process.stdout : process.stderr).write(`${text}\n`);
  process.exitCode = is === 'help' ? 0 : 2;
}

function onSignals(handle: (times: number) => void): void {
  let [times, last] = [0, 0];
  const heard = (): void => {
    const now = Date.now();
    if (now - last > SAME_SIGNAL_MS) handle((times += 1));
    last = now;
  };
  process.on('SIGINT', heard);
  process.on('SIGTERM', heard);
}

async function endOne(stop: Stop, say: Say): Promise<void> {
  try {
    await stop();
  } catch (error) {
    say(`  ${String(error)}`);
  }
}

async function start(demo: Demo): Promise<DemoFacts> {
  const { options, say, signal, stops } = demo;
  say('Waymark demo. Starting a database …');
  const mongod = await startMongod(options.keep ? { dbPath: join(FOLDER, 'data') } : {});
  stops.unshift(() => mongod.stop());
  signal.throwIfAborted();
  say(`  MongoDB: ${mongod.origin}, ${mongod.uri}`);
  const tool = await listen(createServer(), await freePort(options.port, 'Waymark', say));
  stops.unshift(() => closeHttp(tool.server, 2_000));
  const lms = await startPracticeLms({ port: await freePort(tool.port + 1, 'the practice LMS', say) });
  stops.unshift(() => lms.stop());
  signal.throwIfAborted();
  say(`  Practice LMS: ${lms.url} (Canvas, Schoology and Moodle manners, one sample school)`);
  const settings = {
    PUBLIC_URL: `http://localhost:${tool.port}`,
    MONGODB_URI: mongod.uri,
    WAYMARK_SECRET: readSecret(options.keep ? FOLDER : null, newToken),
    WAYMARK_ALLOW_INSECURE: '1',
  };
  const env = readEnv({
    NODE_ENV: 'development',
    PORT: String(tool.port),
    LOG_LEVEL: 'warn',
    ...settings,
  });
  await connectMongo(mongod.uri);
  stops.unshift(disconnectMongo);
  const deps = compose({ env, log: createLog(env.LOG_LEVEL, true) });
  tool.server.on('request', createApp(deps));
  const worker = composeWorker(deps);
  stops.unshift(
    () => worker.stop(2_000),
    () => deps.pdf.stop(),
  );
  if (options.watch) stops.unshift(watchAssets(say));
  signal.throwIfAborted();
  say(`  Waymark: ${env.PUBLIC_URL}`);
  say('  Connecting the school: registration, approval, rosters …');
  const institution = await connectSchool(lms, deps, worker, signal);
  if (!options.empty) await addSamples(demo, lms, institution);
  return { lms: lms.url, tool: env.PUBLIC_URL, people: doors(lms), settings };
}

/** What a school has that has used Waymark for a month. */
async function addSamples({ say, signal }: Demo, lms: PracticeLms, institution: string): Promise<void> {
  signal.throwIfAborted();
  say('  Writing sample plans (--empty leaves them out) …');
  await addSampleCourses(institution, new Date());
  await addSamplePlans(lms, institution, new Date(), signal);
  signal.throwIfAborted();
}

/** Nothing is said of a demo that is being ended. */
function show({ options, say, signal }: Demo, facts: DemoFacts): void {
  signal.throwIfAborted();
  if (options.json) process.stdout.write(`${JSON.stringify(facts)}\n`);
  say(readyText(facts, options));
}

async function listen(server: Server, port: number): Promise<{ server: Server; port: number }> {
  server.listen(port, 'localhost');
  await once(server, 'listening');
  return { server, port };
}

await main();
