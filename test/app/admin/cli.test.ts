import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from '../../../src/admin/cli.ts';
import { newToken } from '../../../src/shared/crypto.ts';
import { connectMongo, disconnectMongo } from '../../../src/shared/mongo.ts';
import { databaseUri } from '../../support/db.ts';
import { emptyDatabase } from '../../support/emptyDatabase.ts';

const env = {
  PUBLIC_URL: 'https://plan.example',
  MONGODB_URI: databaseUri(),
  WAYMARK_SECRET: Buffer.from(newToken(32), 'base64url').toString('base64'),
};
let said: string[] = [];
let folder = '';

beforeEach(async () => {
  await connectMongo(databaseUri());
  await emptyDatabase();
  await disconnectMongo();
  folder = await mkdtemp(join(tmpdir(), 'waymark-cli-'));
  said = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((text) => {
      said.push(...String(text).trimEnd().split('\n'));
      return true;
    });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

async function run(line: string): Promise<number> {
  said = [];
  return main(line.split(' '), env);
}
const answer = <T>(): T => JSON.parse(said.at(-1) ?? '') as T;

test('an invite names the one school there is, or asks which', async () => {
  expect(await run('invite --json')).toBe(0);
  const first = answer<{ url: string; institution: string }>();
  expect(first.url).toContain('https://plan.example/lti/register?invite=');
  expect(await run('invite --json')).toBe(0);
  expect(answer()).toMatchObject({ institution: first.institution, name: 'Our school' });
  expect(await run('invite --name Northfield')).toBe(0);
  expect(said[0]).toMatch(/Northfield, until \d{4}-\d\d-\d\d/);
  expect(await run('invite')).toBe(1);
  expect(said[0]).toContain('"Our school", "Northfield"');
});

test('a platform is added from a file, listed and approved with its deployment', async () => {
  const file = join(folder, 'lms.json');
  const lms = {
    issuer: 'https://lms.example',
    clientId: 'c1',
    family: 'schoology',
    authorizationEndpoint: 'https://lms.example/auth',
    tokenEndpoint: 'https://lms.example/token',
    jwksUri: 'https://lms.example/jwks',
    deploymentId: 'd1',
  };
  await writeFile(file, JSON.stringify(lms));
  expect(await run(`platforms add --file ${file} --json`)).toBe(0);
  const { id } = answer<{ id: string }>();
  expect(await run('platforms list')).toBe(0);
  expect(said[0]).toMatch(new RegExp(`^${id} {2}inactive`));
  expect(await run(`platforms approve ${id}`)).toBe(0);
  expect(said).toEqual(['lms.example (https://lms.example) is active.', 'Its deployment d1 is approved.']);
  expect(await run('deployments list --json')).toBe(0);
  const [deployment] = answer<{ id: string; status: string }[]>();
  expect(deployment).toMatchObject({ status: 'approved' });
  expect(await run(`deployments approve ${deployment?.id} --institution Nowhere`)).toBe(1);
  expect(await run(`platforms deactivate ${id}`)).toBe(0);
  expect(said[0]).toContain('is out of use');
  expect(await run('platforms list')).toBe(0);
  expect(said[0]).toMatch(new RegExp(`^${id} {2}inactive`));
  await writeFile(file, JSON.stringify({ ...lms, jwksUri: 'javascript:1' }));
  expect(await run(`platforms add --file ${file}`)).toBe(1);
});

test('an invite of the operator is an event of its school', async () => {
  expect(await run('invite --json')).toBe(0);
  const { institution } = answer<{ institution: string }>();
  await connectMongo(databaseUri());
  const events = await mongoose.connection.collection('auditEvents').find({ institution }).toArray();
  await disconnectMongo();
  expect(events).toMatchObject([{ actor: 'operator', action: 'invite.made', kind: 'institution' }]);
});

test('help is an answer, not a refusal, and names what is asked for', async () => {
  expect(await run('--help')).toBe(0);
  expect(said.join('\n')).toContain('keys rotate');
  expect(await run('platforms --help')).toBe(0);
  expect(said.slice(1).every((line) => line.startsWith('  platforms '))).toBe(true);
  expect(await run('invite --help')).toBe(0);
  expect(said).toEqual(['Usage: npm run admin -- COMMAND', '  invite [--name SCHOOL] [--json]']);
});

test('what is not there or not understood is said, with an exit code', async () => {
  expect(await run('platforms approve aaaaaaaaaaaaaaaaaaaaaaaa')).toBe(1);
  expect(said[0]).toBe('There is no platform aaaaaaaaaaaaaaaaaaaaaaaa.');
  expect(await run('platforms approve')).toBe(1);
  expect(said[0]).toContain('Usage: npm run admin -- platforms approve ID');
  expect(await run('platforms list --colour')).toBe(1);
  expect(said[0]).toBe("Unknown option '--colour'. Usage: npm run admin -- platforms list [--json]");
  expect(await run('seed 3')).toBe(1);
  expect(said[0]).toContain('"3" is a word too many. Usage: ');
  expect(await run('nonsense')).toBe(2);
  expect(said.join('\n')).toContain('keys rotate');
  expect(await main(['migrate'], { PUBLIC_URL: 'https://plan.example' })).toBe(1);
  expect(said.join('\n')).toContain('WAYMARK_SECRET is missing');
});

test('keys rotate, migrate and doctor', async () => {
  expect(await run('doctor')).toBe(0);
  expect(said.every((line) => line.startsWith('ok  '))).toBe(true);
  expect(await run('keys rotate')).toBe(0);
  expect(await run('migrate')).toBe(0);
  expect(await main(['doctor'], { ...env, WAYMARK_SECRET: Buffer.alloc(32, 7).toString('base64') })).toBe(1);
  expect(said.join('\n')).toContain('FIX  keys: they do not open');
});
