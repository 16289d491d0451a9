import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

const MOST_PORTS = 50;

/**
 * The wanted port, or the next free one; `say` tells that it is another one.
 * @throws when 50 in a row are taken
 */
export async function freePort(wanted: number, what: string, say: (line: string) => void): Promise<number> {
  const last = Math.min(wanted + MOST_PORTS - 1, 65_535);
  for (let port = wanted; port <= last; port += 1)
    if (await isFree(port)) {
      if (port !== wanted) say(`  Port ${wanted} is taken, so ${what} uses ${port}.`);
      return port;
    }
  throw new Error(`No free port between ${wanted} and ${last} for ${what}.`);
}

/** Free on both loopback families: a server of somebody else on one of them would answer in our place. */
export async function isFree(port: number): Promise<boolean> {
  for (const host of ['127.0.0.1', 'localhost']) if ((await probe(port, host)) === null) return false;
  return true;
}

/** A port that nobody listens on. */
export async function anyFreePort(): Promise<number> {
  const port = await probe(0, '127.0.0.1');
  if (port === null) throw new Error('No port can be listened on.');
  return port;
}

/** Null: taken. */
async function probe(port: number, host: string): Promise<number | null> {
  const server = createServer();
  const listening = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, host, () => resolve(true));
  });
  if (!listening) return null;
  const taken = (server.address() as AddressInfo).port;
  await new Promise((resolve) => server.close(resolve));
  return taken;
}
