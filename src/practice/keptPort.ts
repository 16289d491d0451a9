/**
 * A replica set's configuration lies in its data and names the address of its member. Data that is kept must
 * therefore be served at the same port again, or be told of the new one before the set starts: a set that does
 * not find itself in its configuration has no primary, ever.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mongo } from 'mongoose';
import { MongoMemoryServer } from 'mongodb-memory-server';
import { anyFreePort, isFree } from './freePort.ts';

const portFile = (dbPath: string): string => `${dbPath}-port`;

/** The port for the replica set with this data; afterwards the data says the same. @param binary the mongod */
export async function portForKept(dbPath: string, binary: string): Promise<number> {
  const before = readPort(dbPath);
  const port = before !== null && (await isFree(before)) ? before : await anyFreePort();
  const hasData = existsSync(join(dbPath, 'WiredTiger'));
  if (hasData && port !== before) await tellNewPort(dbPath, binary, port);
  writeFileSync(portFile(dbPath), String(port));
  return port;
}

function readPort(dbPath: string): number | null {
  if (!existsSync(portFile(dbPath))) return null;
  const port = Number(readFileSync(portFile(dbPath), 'utf8'));
  return Number.isInteger(port) && port > 0 && port < 65_536 ? port : null;
}

/** Only a mongod that runs alone lets its set's configuration be written. */
async function tellNewPort(dbPath: string, binary: string, port: number): Promise<void> {
  const alone = await MongoMemoryServer.create({
    instance: { dbPath, storageEngine: 'wiredTiger', ip: '127.0.0.1' },
    binary: { systemBinary: binary, checkMD5: false },
  });
  const client = await mongo.MongoClient.connect(alone.getUri());
  try {
    const host = `127.0.0.1:${port}`;
    await client
      .db('local')
      .collection('system.replset')
      .updateMany({}, { $set: { 'members.0.host': host } });
  } finally {
    await client.close();
    await alone.stop({ doCleanup: false });
  }
}
