import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import type { ImportRun } from './import.ts';

type ImportDoc = Omit<ImportRun, 'id'> & { _id: string };

const Problem = new Schema(
  { line: { type: Number, required: true }, message: { type: String, required: true } },
  { _id: false, id: false },
);

const count = { type: Number, required: true };

const Imports = defineModel<ImportDoc>({
  name: 'imports',
  tenancy: 'institution',
  fields: {
    target: { type: String, required: true },
    file: { type: String, default: '' },
    status: { type: String, required: true },
    text: { type: String, default: '' },
    counts: { added: count, changed: count, same: count, bad: count },
    problems: { type: [Problem], default: [] },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    doneAt: { type: Date, default: null },
    undoneAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, at: -1 }]],
  registry: [
    {
      fields: [
        'target',
        'file',
        'status',
        'by',
        'at',
        'doneAt',
        'undoneAt',
        ...['added', 'changed', 'same', 'bad'].map((name) => `counts.${name}`),
      ],
      purpose: 'the history of imports, and undoing one',
      audience: 'administrator',
      retention: 'with the institution',
    },
    {
      fields: ['text', 'problems.line', 'problems.message'],
      purpose: 'the dry run of an import; the text goes when it is imported or discarded',
      audience: 'administrator',
      retention: 'days',
    },
  ],
});

interface UndoDoc {
  _id: string;
  institution: string;
  importId: string;
  records: string;
}

const Undos = defineModel<UndoDoc>({
  name: 'importUndos',
  tenancy: 'institution',
  fields: {
    importId: { type: String, required: true },
    /** A few hundred records as JSON, each with what stood before. */
    records: { type: String, required: true },
  },
  indexes: [[{ institution: 1, importId: 1 }]],
  registry: [
    {
      fields: ['importId', 'records'],
      purpose: 'undo an import: what stood before it',
      audience: 'system',
      retention: 'with the institution',
    },
  ],
});

export async function addImport(run: ImportRun): Promise<void> {
  const { id, ...fields } = run;
  await Imports.insertMany([{ _id: id, ...fields }], { lean: true });
}

/** Without the text: for pages. */
export async function listRuns(institution: string, limit: number): Promise<ImportRun[]> {
  const docs = await Imports.find({ institution }, { text: 0, problems: 0 })
    .sort({ at: -1, _id: -1 })
    .limit(limit)
    .lean<ImportDoc[]>();
  return docs.map((doc) => plain({ ...doc, text: '', problems: [] }));
}

export async function findRun(institution: string, id: string): Promise<ImportRun | null> {
  const doc = await Imports.findOne({ institution, _id: id }).lean<ImportDoc>();
  return doc && plain(doc);
}

/** One step of a run, only from one of these states. @returns false when somebody else took it */
export async function moveRun(
  { institution, id }: Pick<ImportRun, 'institution' | 'id'>,
  from: readonly ImportRun['status'][],
  set: Partial<Omit<ImportRun, 'id' | 'institution'>>,
): Promise<boolean> {
  const moved = await Imports.updateOne({ institution, _id: id, status: { $in: [...from] } }, { $set: set });
  return moved.matchedCount === 1;
}

export async function addUndo(institution: string, importId: string, records: object[]): Promise<void> {
  if (records.length === 0) return;
  await Undos.insertMany([{ institution, importId, records: JSON.stringify(records) }], { lean: true });
}

/** Newest first: what was written last is taken back first. */
export async function listUndos(institution: string, importId: string): Promise<object[]> {
  const docs = await Undos.find({ institution, importId }).sort({ _id: -1 }).lean<UndoDoc[]>();
  return docs.flatMap(({ records }) => (JSON.parse(records) as object[]).toReversed());
}

export async function removeUndos(institution: string, importId: string): Promise<void> {
  await Undos.deleteMany({ institution, importId });
}
