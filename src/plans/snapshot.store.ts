import { defineModel, newId, plain } from '../shared/model.ts';

/** A plan as it was approved: frozen text with its hash, one per revision. */
export interface Snapshot {
  id: string;
  institution: string;
  plan: string;
  person: string;
  revision: number;
  /** SHA-256 of `content`, base64url: what signatures are bound to. */
  hash: string;
  /** Canonical JSON of a `SnapshotContent`. */
  content: string;
  at: Date;
  by: string;
  /** The approval was undone: kept, but no longer what was last approved. */
  undoneAt: Date | null;
}
type SnapshotDoc = Omit<Snapshot, 'id'> & { _id: string };

const Snapshots = defineModel<SnapshotDoc>({
  name: 'snapshots',
  tenancy: 'institution',
  fields: {
    plan: { type: String, required: true },
    person: { type: String, required: true },
    revision: { type: Number, required: true },
    hash: { type: String, required: true },
    content: { type: String, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
    undoneAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, plan: 1, revision: -1 }, { unique: true }]],
  registry: [
    {
      fields: ['plan', 'person', 'revision', 'hash', 'content', 'at', 'by', 'undoneAt'],
      purpose: 'keep what was approved and signed, and show what changed since',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

export async function addSnapshot(snapshot: Omit<Snapshot, 'id'>): Promise<void> {
  await Snapshots.insertMany([{ _id: newId(), ...snapshot }], { lean: true });
}

/** The newest approved content that was not undone. */
export async function findLastSnapshot(institution: string, plan: string): Promise<Snapshot | null> {
  const doc = await Snapshots.findOne({ institution, plan, undoneAt: null })
    .sort({ revision: -1 })
    .lean<SnapshotDoc>();
  return doc && plain(doc);
}

export async function undoSnapshot(
  institution: string,
  plan: string,
  revision: number,
  at: Date,
): Promise<void> {
  await Snapshots.updateOne({ institution, plan, revision }, { $set: { undoneAt: at } });
}

/** More approvals than a plan sees from grade 6 on. */
const MOST = 100;

/** Every snapshot of a plan without its text, newest first. */
export async function listSnapshots(institution: string, plan: string): Promise<Omit<Snapshot, 'content'>[]> {
  const docs = await Snapshots.find({ institution, plan })
    .sort({ revision: -1 })
    .limit(MOST)
    .select('-content')
    .lean<Omit<SnapshotDoc, 'content'>[]>();
  return docs.map(({ _id, ...rest }) => ({ id: _id, ...rest }));
}

export async function findSnapshot(
  institution: string,
  plan: string,
  revision: number,
): Promise<Snapshot | null> {
  const doc = await Snapshots.findOne({ institution, plan, revision }).lean<SnapshotDoc>();
  return doc && plain(doc);
}
