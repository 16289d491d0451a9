import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Env } from '../../config/env.ts';

const SERVER = fileURLToPath(new URL('../../src/server.ts', import.meta.url));
const START_MS = 30_000;

/** A web process of its own, as `npm start -- --role web` starts it, beside the test's. */
export interface WebProcess {
  origin: string;
  stop(): Promise<void>;
}

/** @param env settings of the tool whose database, secret and public address it shares */
export async function startWebProcess(env: Env): Promise<WebProcess> {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', SERVER, '--role', 'web'], {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'test',
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_URL: env.PUBLIC_URL,
      MONGODB_URI: env.MONGODB_URI,
      WAYMARK_SECRET: env.WAYMARK_SECRET,
      WAYMARK_ALLOW_INSECURE: '1',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  await untilReady(`${origin}/readyz`, () => child.exitCode === null);
  return { origin, stop };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function untilReady(url: string, isRunning: () => boolean): Promise<void> {
  const until = Date.now() + START_MS;
  while (Date.now() < until && isRunning()) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('A web process did not start.');
}
