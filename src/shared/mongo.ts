import mongoose from 'mongoose';
import { ensureIndexes } from './model.ts';

mongoose.set('transactionAsyncLocalStorage', true);
mongoose.set('bufferCommands', false);
mongoose.set('strictQuery', 'throw');

/** Connects to the replica set and builds missing indexes. Majority, journalled writes throughout. */
export async function connectMongo(uri: string): Promise<void> {
  await mongoose.connect(uri, {
    serverSelectionTimeoutMS: 8_000,
    socketTimeoutMS: 45_000,
    maxPoolSize: 50,
    waitQueueTimeoutMS: 5_000,
    writeConcern: { w: 'majority', journal: true },
    autoIndex: false,
    autoCreate: false,
  });
  await ensureIndexes();
}

export async function disconnectMongo(): Promise<void> {
  await mongoose.disconnect();
}

/** True when the database answers a ping within a second. */
export async function isMongoReady(): Promise<boolean> {
  if (mongoose.connection.readyState !== mongoose.ConnectionStates.connected) return false;
  const ping = mongoose.connection.db?.admin().ping({ maxTimeMS: 1_000 } as never);
  return (await ping?.then(Boolean, () => false)) ?? false;
}

/**
 * Runs `work` in one transaction; every store call inside it joins by itself (AsyncLocalStorage).
 * Transient transaction errors are retried by the driver, so `work` must have no other effects.
 */
export async function inTransaction<T>(work: () => Promise<T>): Promise<T> {
  const result: { value?: T } = {};
  await mongoose.connection.transaction(async () => {
    result.value = await work();
  });
  return result.value as T;
}
