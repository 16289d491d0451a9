import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import type { CatalogueImport } from './catalogueImport.ts';

type ImportDoc = Omit<CatalogueImport, 'id'> & { _id: string };

const Imports = defineModel<ImportDoc>({
  name: 'exploreImports',
  tenancy: 'institution',
  fields: {
    format: { type: String, required: true },
    state: { type: String, required: true },
    rows: { type: [Schema.Types.Mixed], default: [] },
    added: { type: Number, required: true },
    changed: { type: Number, required: true },
    same: { type: Number, required: true },
    bad: { type: [Schema.Types.Mixed], default: [] },
    badCount: { type: Number, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    expiresAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, state: 1, at: -1 }], [{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  registry: [
    {
      fields: [
        'format',
        'state',
        'rows',
        'added',
        'changed',
        'same',
        'bad',
        'badCount',
        'by',
        'at',
        'expiresAt',
      ],
      purpose: 'imports of careers and programmes, so that each can be checked first and taken back',
      audience: 'administrator',
      retention: 'with the institution',
    },
  ],
});

export async function insertImport({ id, ...rest }: CatalogueImport): Promise<void> {
  await Imports.insertMany([{ _id: id, ...rest }], { lean: true });
}

export async function findImport(institution: string, id: string): Promise<CatalogueImport | null> {
  const doc = await Imports.findOne({ institution, _id: id }).lean<ImportDoc>();
  return doc && plain(doc);
}

/** @returns whether it was in that state and is now in the other */
export async function moveImport(
  institution: string,
  id: string,
  from: CatalogueImport['state'],
  to: CatalogueImport['state'],
): Promise<boolean> {
  const done = await Imports.updateOne(
    { institution, _id: id, state: from },
    { $set: { state: to, rows: [], expiresAt: null } },
  );
  return done.modifiedCount === 1;
}

/** Those that were confirmed, the newest first, without their rows. */
export async function listImports(institution: string, limit: number): Promise<CatalogueImport[]> {
  const docs = await Imports.find({ institution, state: { $in: ['done', 'undone'] } })
    .sort({ at: -1 })
    .limit(limit)
    .lean<ImportDoc[]>();
  return docs.map(plain);
}
