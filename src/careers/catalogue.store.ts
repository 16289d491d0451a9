import { Schema } from 'mongoose';
import { defineModel } from '../shared/model.ts';
import { LIMITS } from './career.ts';
import type { Records, RecordKind, StoredRecord } from './catalogue.ts';

interface RecordDoc {
  _id: string;
  institution: string;
  kind: RecordKind;
  key: string;
  data: Records[RecordKind];
  import: string;
  /** What the import took the place of, for its undo; null: nothing. */
  before: { data: Records[RecordKind]; import: string } | null;
}

const CatalogueRecords = defineModel<RecordDoc>({
  name: 'exploreRecords',
  tenancy: 'institution',
  fields: {
    kind: { type: String, required: true },
    key: { type: String, required: true },
    data: { type: Schema.Types.Mixed, required: true },
    import: { type: String, required: true },
    before: { type: Schema.Types.Mixed, default: null },
  },
  indexes: [[{ institution: 1, kind: 1, key: 1 }, { unique: true }], [{ institution: 1, import: 1 }]],
  registry: [
    {
      fields: ['kind', 'key', 'data', 'import', 'before'],
      purpose: 'careers, clusters and programmes that the school imported; nothing about a person',
      audience: 'plan',
      retention: 'with the institution',
    },
  ],
});

/** Every imported row of a school, at most LIMITS.rows of each kind. */
export async function listRecords(institution: string): Promise<StoredRecord[]> {
  const docs = await CatalogueRecords.find({ institution })
    .limit(LIMITS.rows * 3)
    .select('kind key data import')
    .lean<RecordDoc[]>();
  return docs.map(({ kind, key, data, import: by }) => ({ kind, key, data, import: by }));
}

/** Writes rows of one import, and keeps beside each what it took the place of. */
export async function putRecords(institution: string, rows: readonly StoredRecord[]): Promise<void> {
  const known = await CatalogueRecords.find({ institution, key: { $in: rows.map(({ key }) => key) } })
    .select('kind key data import')
    .lean<RecordDoc[]>();
  const writes = rows.map(({ kind, key, data, import: by }) => {
    const old = known.find((doc) => doc.kind === kind && doc.key === key);
    const before = old ? { data: old.data, import: old.import } : null;
    return {
      updateOne: {
        filter: { institution, kind, key },
        update: { $set: { data, import: by, before } },
        upsert: true,
      },
    };
  });
  if (writes.length > 0) await CatalogueRecords.bulkWrite(writes as never);
}

/** Takes back what one import brought: rows it replaced return, rows it added go. @returns how many there were. */
export async function takeBack(institution: string, importId: string): Promise<number> {
  const docs = await CatalogueRecords.find({ institution, import: importId }).lean<RecordDoc[]>();
  const gone = docs.filter(({ before }) => before === null).map(({ _id }) => _id);
  const back = docs.flatMap(({ _id, before }) =>
    before
      ? [{ updateOne: { filter: { institution, _id }, update: { $set: { ...before, before: null } } } }]
      : [],
  );
  if (gone.length > 0) await CatalogueRecords.deleteMany({ institution, _id: { $in: gone } });
  if (back.length > 0) await CatalogueRecords.bulkWrite(back as never);
  return docs.length;
}
