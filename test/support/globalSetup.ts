import type { TestProject } from 'vitest/node';
import { startMongod } from '../../src/practice/mongod.ts';

declare module 'vitest' {
  interface ProvidedContext {
    mongodbUri: string;
  }
}

/** One real replica set for the whole run; each worker uses a database of its own in it. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const mongod = await startMongod();
  project.provide('mongodbUri', mongod.uri);
  return () => mongod.stop();
}
