/**
 * What every bench stands on: MongoDB, the practice LMS in this process, and Waymark's own database, to which the
 * measured processes connect as well. The school is connected as a school does it.
 */
import mongoose from 'mongoose';
import { randomBytes } from 'node:crypto';
import { readEnv } from '../config/env.ts';
import { compose } from '../src/compose.ts';
import type { AppDeps } from '../src/deps.ts';
import { startPracticeLms, type PracticeLms, type PracticeOptions } from '../src/practice/lms.ts';
import { startMongod } from '../src/practice/mongod.ts';
import { createLog } from '../src/shared/log.ts';
import { connectMongo, disconnectMongo } from '../src/shared/mongo.ts';
import { buildBench, type Build } from './build.ts';
import { freePort, startChild, untilReady, type Child } from './process.ts';

export interface Bench {
  build: Build;
  lms: PracticeLms;
  /** Settings of Waymark, the same in this process and its children. */
  env: Record<string, string>;
  deps: AppDeps;
  say: (line: string) => void;
  /** URI of another database on the same server, dropped at the end. */
  database: (name: string, counted?: boolean) => string;
  /** Undone at the end, the last first, also after an error. */
  atEnd: (stop: () => unknown) => void;
}

/** @param json people's lines go to standard error */
export async function withBench<T>(
  { json }: { json?: boolean | undefined },
  lms: PracticeOptions,
  work: (bench: Bench) => Promise<T>,
): Promise<T> {
  const say = (line: string): void => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  const stops: (() => unknown)[] = [];
  const leave = onSignal(() => undo(stops));
  try {
    return await work(await startBench(lms, say, stops));
  } finally {
    leave();
    await undo(stops);
  }
}

async function startBench(
  options: PracticeOptions,
  say: Bench['say'],
  stops: (() => unknown)[],
): Promise<Bench> {
  const atEnd = (stop: () => unknown): void => void stops.push(stop);
  const build = buildBench();
  atEnd(() => build.remove());
  const mongod = await startMongod();
  atEnd(() => mongod.stop());
  say(`MongoDB: ${mongod.origin}`);
  const lms = await startPracticeLms(options);
  atEnd(() => lms.stop());
  const run = `waymark_bench_${process.pid}`;
  const database = (name: string, counted = false): string => {
    const uri = new URL(mongod.uri);
    uri.pathname = `/${run}_${name}`;
    if (counted) uri.searchParams.set('monitorCommands', 'true');
    return uri.href;
  };
  const env = await settings(database('waymark'));
  await connectMongo(env['MONGODB_URI'] as string);
  atEnd(disconnectMongo);
  atEnd(() => dropDatabases(run));
  const deps = compose({ env: readEnv(env), log: createLog('warn') });
  return { build, lms, env, deps, say, database, atEnd };
}

async function settings(uri: string): Promise<Record<string, string>> {
  const port = await freePort();
  return {
    NODE_ENV: 'production',
    HOST: 'localhost',
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    MONGODB_URI: uri,
    WAYMARK_SECRET: randomBytes(32).toString('base64'),
    WAYMARK_ALLOW_INSECURE: '1',
  };
}

/** Only what this run made: the server may be somebody's own (`MONGODB_URI`). */
async function dropDatabases(run: string): Promise<void> {
  const client = mongoose.connection.getClient();
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.startsWith(run)) await client.db(name).dropDatabase();
}

/** Settings of one more Waymark beside the first: a database and a port of its own. */
export async function anotherWaymark({ env, database }: Bench, name: string): Promise<Bench['env']> {
  const port = String(await freePort());
  return { ...env, PORT: port, PUBLIC_URL: `http://localhost:${port}`, MONGODB_URI: database(name) };
}

/**
 * Waymark's web process, compiled, ready.
 * @param counted with its database commands counted. @param env of another one than the bench's first
 */
export async function startWaymark(bench: Bench, counted = false, env = bench.env): Promise<Child> {
  const { build } = bench;
  const preload = [build.file('bench/child/probe.ts')];
  if (counted) preload.push(build.file('bench/child/countOurs.ts'));
  const child = startChild({
    file: build.file('src/server.ts'),
    args: ['--role', 'web'],
    env: counted ? withCounting(env) : env,
    preload,
  });
  bench.atEnd(child.stop);
  await untilReady(child, `${env['PUBLIC_URL']}/readyz`, (status) => status === 200);
  return child;
}

function withCounting(env: Bench['env']): Bench['env'] {
  const uri = new URL(env['MONGODB_URI'] as string);
  uri.searchParams.set('monitorCommands', 'true');
  return { ...env, MONGODB_URI: uri.href };
}

/** Waymark's worker, compiled, connected and waiting to be asked (`child/worker.ts`). */
export async function startWorker(bench: Bench, counted = false): Promise<Child> {
  const { build, env } = bench;
  const preload = [build.file('bench/child/probe.ts')];
  if (counted) preload.push(build.file('bench/child/countOurs.ts'));
  const child = startChild({
    file: build.file('bench/child/worker.ts'),
    env: { ...(counted ? withCounting(env) : env), LOG_LEVEL: 'warn' },
    preload,
  });
  bench.atEnd(child.stop);
  await child.said();
  return child;
}

async function undo(stops: (() => unknown)[]): Promise<void> {
  for (let stop = stops.pop(); stop; stop = stops.pop())
    try {
      await stop();
    } catch (error) {
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
}

/** Ctrl-C ends what was started. @returns how to take the watch away again */
function onSignal(stop: () => Promise<void>): () => void {
  const leave = (): void => void stop().finally(() => process.exit(130));
  process.once('SIGINT', leave).once('SIGTERM', leave);
  return () => void process.off('SIGINT', leave).off('SIGTERM', leave);
}
