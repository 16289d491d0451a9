import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { useRootSealer } from '../../src/privacy/dataKeys.service.ts';
import { createSealer, newToken } from '../../src/shared/crypto.ts';
import { connectMongo, disconnectMongo } from '../../src/shared/mongo.ts';
import { emptyDatabase } from './emptyDatabase.ts';

/** The worker's own database on the run's replica set. */
export function databaseUri(name = `waymark_test_${process.env['VITEST_POOL_ID'] ?? '0'}`): string {
  const uri = new URL(inject('mongodbUri'));
  uri.pathname = `/${name}`;
  return uri.href;
}

/** Connects for the file, empties every collection after each test; indexes stay. */
export function useDatabase(options: { emptyAfterEach?: boolean } = {}): void {
  beforeAll(async () => {
    useRootSealer(createSealer([Buffer.from(newToken(32), 'base64url').toString('base64')]));
    await connectMongo(databaseUri());
    await emptyDatabase();
  });
  if (options.emptyAfterEach ?? true) afterEach(emptyDatabase);
  afterAll(disconnectMongo);
}
