import mongoose from 'mongoose';

/** What the database server says of itself. */
export interface ServerFacts {
  version: string;
  /** Null: not a replica set, so without transactions. */
  replicaSet: string | null;
  clock: Date;
}

/** Asks the connected server. @throws when it does not answer within two seconds */
export async function serverFacts(): Promise<ServerFacts> {
  const admin = mongoose.connection.getClient().db('admin').admin();
  const hello = await admin.command({ hello: 1, maxTimeMS: 2_000 });
  const { version } = (await admin.buildInfo()) as { version: string };
  return {
    version,
    replicaSet: (hello['setName'] as string | undefined) ?? null,
    clock: hello['localTime'] as Date,
  };
}
