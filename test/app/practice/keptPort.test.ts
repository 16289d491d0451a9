import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'waymark-kept-'));
const dbPath = join(folder, 'data');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What one run of the demo does with its database: starts it on the kept data, reads, writes, stops it. */
const VISIT = `
  const { mongo } = await import('mongoose');
  const { startMongod } = await import('./src/practice/mongod.ts');
  const { uri, stop } = await startMongod({ dbPath: process.argv[1] });
  const client = await mongo.MongoClient.connect(uri);
  const visits = client.db().collection('visits');
  const before = (await visits.find().toArray()).map(({ name }) => name);
  await visits.insertOne({ name: process.argv[2] });
  await client.close();
  await stop();
  process.stdout.write(JSON.stringify({ port: Number(new URL(uri).port), before }));
`;

/** In a process of its own, as the demo is. @returns the database's port and what was there before */
async function visit(name: string): Promise<{ port: number; before: string[] }> {
  const args = ['--import', 'tsx', '--input-type=module', '-e', VISIT, dbPath, name];
  const { MONGODB_URI: _, ...env } = process.env;
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
  return JSON.parse(stdout) as { port: number; before: string[] };
}

async function occupy(port: number): Promise<Server> {
  const server = createServer();
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

it('kept data starts again, where its port is taken at another, which is then its own', async () => {
  const first = await visit('first');
  const other = await occupy(first.port);
  const second = await visit('second');
  other.close();
  expect(second.port).not.toBe(first.port);
  expect(second.before).toEqual(['first']);
  expect(readFileSync(`${dbPath}-port`, 'utf8')).toBe(String(second.port));
  expect(await visit('third')).toEqual({ port: second.port, before: ['first', 'second'] });
}, 120_000);
