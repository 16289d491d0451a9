import mongoose from 'mongoose';
import { expect, test } from 'vitest';
import { createKeys } from '../../../src/lti/keys.service.ts';
import { createSealer, newToken } from '../../../src/shared/crypto.ts';
import { useDatabase } from '../../support/db.ts';

useDatabase();

const aSecret = (): string => Buffer.from(newToken(32), 'base64url').toString('base64');
const kids = (set: { keys: { kid: string }[] }): string[] => set.keys.map(({ kid }) => kid).toSorted();

test('the first need makes a current and a next key; processes that start together agree', async () => {
  const sealer = createSealer([aSecret()]);
  const processes = Array.from({ length: 4 }, () => createKeys(sealer));
  const sets = await Promise.all(processes.map((keys) => keys.publicKeySet()));
  const signing = await Promise.all(processes.map((keys) => keys.currentSigningKey()));
  expect(sets[0]?.keys).toHaveLength(2);
  expect(new Set(sets.map((set) => kids(set).join())).size).toBe(1);
  expect(new Set(signing.map(({ kid }) => kid)).size).toBe(1);
  expect(sets[0]?.keys[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' });
  expect(Buffer.from(sets[0]?.keys[0]?.n ?? '', 'base64url')).toHaveLength(256);
  expect(Object.keys(sets[0]?.keys[0] ?? {}).toSorted()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']);
});

test('a rotation signs with the key that was published before, and keeps the old one published', async () => {
  const keys = createKeys(createSealer([aSecret()]));
  const before = await keys.publicKeySet();
  const old = (await keys.currentSigningKey()).kid;
  const kid = await keys.rotateKeys(new Date());
  expect(kids(before)).toContain(kid);
  expect((await keys.currentSigningKey()).kid).toBe(kid);
  const after = await keys.publicKeySet();
  expect(kids(after)).toEqual(expect.arrayContaining(kids(before)));
  expect(after.keys).toHaveLength(3);
  const retired = await mongoose.connection.collection<{ _id: string }>('toolKeys').findOne({ _id: old });
  expect(retired).toMatchObject({ status: 'retired', sealedPrivate: null });
});

test('a retired key leaves the key set after the overlap', async () => {
  const sealer = createSealer([aSecret()]);
  const keys = createKeys(sealer);
  const old = (await keys.currentSigningKey()).kid;
  await keys.rotateKeys(new Date(Date.now() - 8 * 24 * 60 * 60_000));
  expect(kids(await createKeys(sealer).publicKeySet())).not.toContain(old);
});

test('of two rotations at once one wins', async () => {
  const sealer = createSealer([aSecret()]);
  const [one, other] = [createKeys(sealer), createKeys(sealer)];
  await one.publicKeySet();
  const results = await Promise.allSettled([one.rotateKeys(new Date()), other.rotateKeys(new Date())]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await mongoose.connection.collection('toolKeys').countDocuments({ status: 'current' })).toBe(1);
});

test('private parts are sealed: only the secret that sealed them, or its successor with it, opens them', async () => {
  const [first, second] = [aSecret(), aSecret()];
  const { kid } = await createKeys(createSealer([first])).currentSigningKey();
  const stored = await mongoose.connection.collection('toolKeys').find({}).toArray();
  expect(JSON.stringify(stored)).not.toContain('PRIVATE KEY');
  expect((await createKeys(createSealer([second, first])).currentSigningKey()).kid).toBe(kid);
  await expect(createKeys(createSealer([second])).currentSigningKey()).rejects.toThrow('does not open');
});
