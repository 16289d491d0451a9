import { defineModel, plain } from '../shared/model.ts';
import type { Migration } from './migration.ts';

type MigrationDoc = Omit<Migration, 'id'> & { _id: string };

const version = { framework: { type: String, required: true }, version: { type: Number, required: true } };

const FIELDS =
  'from.framework from.version to.framework to.version status cursor moved left by askedAt endedAt leasedUntil'.split(
    ' ',
  );

const Migrations = defineModel<MigrationDoc>({
  name: 'migrations',
  tenancy: { global: 'the worker takes what is due of every school; each names its institution' },
  fields: {
    institution: { type: String, required: true },
    from: version,
    to: version,
    status: { type: String, required: true },
    cursor: { type: String, default: null },
    moved: { type: Number, required: true },
    left: { type: Number, required: true },
    by: { type: String, required: true },
    askedAt: { type: Date, required: true },
    endedAt: { type: Date, default: null },
    leasedUntil: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, askedAt: -1 }], [{ status: 1, leasedUntil: 1 }]],
  registry: [
    {
      fields: FIELDS,
      purpose: 'move plans to a new version of the school’s definition, and back',
      audience: 'administrator',
      retention: 'with the institution',
    },
  ],
});

export async function addMigration(migration: Omit<Migration, 'id'>): Promise<Migration> {
  const [doc] = await Migrations.insertMany([migration], { lean: true });
  return plain(doc as unknown as MigrationDoc);
}

export async function findMigration(institution: string, id: string): Promise<Migration | null> {
  const doc = await Migrations.findOne({ institution, _id: id }).lean<MigrationDoc>();
  return doc && plain(doc);
}

/** Newest first, the last fifty. */
export async function listMigrations(institution: string): Promise<Migration[]> {
  const docs = await Migrations.find({ institution }).sort({ askedAt: -1 }).limit(50).lean<MigrationDoc[]>();
  return docs.map(plain);
}

/** One that is due, for this worker alone until `until`; null: none is. */
export async function leaseMigration(now: Date, until: Date): Promise<Migration | null> {
  const doc = await Migrations.findOneAndUpdate(
    {
      status: { $in: ['waiting', 'running', 'undoing'] },
      leasedUntil: { $lte: now },
    },
    [
      {
        $set: {
          leasedUntil: until,
          status: { $cond: [{ $eq: ['$status', 'waiting'] }, 'running', '$status'] },
        },
      },
    ],
    { returnDocument: 'after', sort: { askedAt: 1 }, updatePipeline: true },
  ).lean<MigrationDoc>();
  return doc && plain(doc);
}

export async function updateMigration(
  { institution, id, status }: Pick<Migration, 'institution' | 'id' | 'status'>,
  fields: Partial<Omit<Migration, 'id' | 'institution'>>,
): Promise<Migration | null> {
  const doc = await Migrations.findOneAndUpdate(
    { institution, _id: id, status },
    { $set: fields },
    { returnDocument: 'after' },
  ).lean<MigrationDoc>();
  return doc && plain(doc);
}
