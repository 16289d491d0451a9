/** Child processes of a bench: started with a probe, asked over IPC, ended by their own handle whatever happens. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import type { Answer } from './child/ask.ts';

const ASK_TIMEOUT_MS = 600_000;
const READY_TIMEOUT_MS = 30_000;

export interface Child {
  /** @throws what the child says went wrong, or that it ended. */
  ask<T>(ask: string, withValue?: unknown): Promise<T>;
  stop: () => Promise<void>;
  /** Waits for the child's own word that it listens (an answer nobody asked for, id 0). */
  said(): Promise<void>;
  /** Set once the process ended. */
  ended(): boolean;
}

export interface ChildSettings {
  file: string;
  args?: string[];
  env: Record<string, string>;
  /** Files loaded before it. */
  preload: string[];
}

export function startChild({ file, args = [], env, preload }: ChildSettings): Child {
  const imports = preload.flatMap((path) => ['--import', pathToFileURL(path).href]);
  const child = fork(file, args, {
    execArgv: imports,
    env: { PATH: process.env['PATH'] ?? '', NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const ask = asker(child);
  const firstWord = wordOf(child);
  // Only some children say one, so nobody may be waiting when it stays away.
  firstWord.catch(() => {});
  return {
    ask,
    ended: () => child.exitCode !== null || child.signalCode !== null,
    stop: () => stop(child),
    said: () => firstWord,
  };
}

function asker(child: ChildProcess): Child['ask'] {
  const waiting = new Map<number, (answer: Answer) => void>();
  let last = 0;
  child.on('message', (answer: Answer) => {
    waiting.get(answer.id)?.(answer);
    waiting.delete(answer.id);
  });
  child.on('exit', (code) => {
    for (const [id, settle] of waiting) settle({ id, error: `the child process ended (${code})` });
    waiting.clear();
  });
  return <T>(ask: string, withValue?: unknown) =>
    new Promise<T>((resolve, reject) => {
      const id = (last += 1);
      const timer = setTimeout(() => reject(new Error(`no answer to ${ask}`)), ASK_TIMEOUT_MS);
      waiting.set(id, ({ value, error }) => {
        clearTimeout(timer);
        if (error === undefined) resolve(value as T);
        else reject(new Error(error));
      });
      child.send({ id, ask, with: withValue });
    });
}

function wordOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error('a child process did not start in time')),
      READY_TIMEOUT_MS,
    );
    timer.unref();
    child.on('message', ({ id }: Answer) => id === 0 && resolve());
    child.on('exit', () => reject(new Error('a child process ended while starting')));
  });
}

/** SIGTERM, and after five seconds SIGKILL; only ever this process. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await exit;
  clearTimeout(timer);
}

/** Waits until a path answers as wanted. @returns ms since the call. */
export async function untilReady(
  child: Child,
  url: string,
  isReady: (status: number) => boolean,
): Promise<number> {
  const start = performance.now();
  while (performance.now() - start < READY_TIMEOUT_MS) {
    if (child.ended()) throw new Error(`the server of ${url} ended while starting`);
    const status = await fetch(url).then(drain, () => 0);
    if (isReady(status)) return performance.now() - start;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${url} was not ready in time`);
}

async function drain(response: Response): Promise<number> {
  await response.arrayBuffer();
  return response.status;
}

/** A port nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
