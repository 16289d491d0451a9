import { defineModel, plain } from '../shared/model.ts';
import { LARGEST_ROOM, MOST_FILES, type FileOwner, type StoredFile } from './file.ts';

type FileDoc = Omit<StoredFile, 'id'> & { _id: string };

const Files = defineModel<FileDoc>({
  name: 'files',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    state: { type: String, required: true },
    name: { type: String, default: '' },
    type: { type: String, default: 'pdf' },
    bytes: { type: Number, default: 0 },
    hash: { type: String, default: '' },
    width: { type: Number, default: null },
    height: { type: Number, default: null },
    at: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, person: 1, state: 1, at: -1 }],
    [{ institution: 1, person: 1, hash: 1 }],
    // What failed requests left, oldest first.
    [{ institution: 1, state: 1, at: 1 }],
  ],
  registry: [
    {
      fields: ['person', 'state', 'name', 'type', 'bytes', 'width', 'height', 'at'],
      purpose: 'show and hand out the files a student gave as evidence',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['hash'],
      purpose: 'store the same file once',
      audience: 'system',
      retention: 'with the plan',
    },
  ],
});

interface RoomDoc {
  _id: string;
  institution: string;
  person: string;
  bytes: number;
  count: number;
}

const Rooms = defineModel<RoomDoc>({
  name: 'fileRooms',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    bytes: { type: Number, required: true },
    count: { type: Number, required: true },
  },
  indexes: [[{ institution: 1, person: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['person', 'bytes', 'count'],
      purpose: 'keep a student’s files within the room each has',
      audience: 'system',
      retention: 'with the plan',
    },
  ],
});

/** The row comes before the first byte, so that whatever a crash leaves can be found. */
export async function addArriving(owner: FileOwner, id: string, at: Date): Promise<void> {
  const { institution, person } = owner;
  await Files.insertMany([{ _id: id, institution, person, state: 'arriving', at }]);
  await Rooms.updateOne({ institution, person }, { $setOnInsert: { bytes: 0, count: 0 } }, { upsert: true });
}

export async function describeFile(
  owner: FileOwner,
  id: string,
  facts: Pick<StoredFile, 'name' | 'type' | 'bytes' | 'hash' | 'width' | 'height'>,
): Promise<void> {
  const { institution, person } = owner;
  await Files.updateOne({ institution, person, _id: id, state: 'arriving' }, { $set: facts });
}

export async function findFile(
  { institution, person }: FileOwner,
  id: string,
  state: StoredFile['state'],
): Promise<StoredFile | null> {
  const doc = await Files.findOne({ institution, person, _id: id, state }).lean<FileDoc>();
  return doc && plain(doc);
}

export async function findFileByHash(
  { institution, person }: FileOwner,
  hash: string,
): Promise<StoredFile | null> {
  const doc = await Files.findOne({ institution, person, hash, state: 'kept' }).lean<FileDoc>();
  return doc && plain(doc);
}

/** A student's files, newest first. */
export async function listFiles({ institution, person }: FileOwner): Promise<StoredFile[]> {
  const docs = await Files.find({ institution, person, state: 'kept' })
    .sort({ at: -1 })
    .limit(MOST_FILES)
    .lean<FileDoc[]>();
  return docs.map(plain);
}

export async function markKept({ institution, person }: FileOwner, id: string): Promise<void> {
  await Files.updateOne({ institution, person, _id: id, state: 'arriving' }, { $set: { state: 'kept' } });
}

/** Counts a file in, in one step that holds the limit. @returns false when there is no room for it */
export async function takeRoom({ institution, person }: FileOwner, bytes: number): Promise<boolean> {
  const { modifiedCount } = await Rooms.updateOne(
    { institution, person, bytes: { $lte: LARGEST_ROOM - bytes }, count: { $lt: MOST_FILES } },
    { $inc: { bytes, count: 1 } },
  );
  return modifiedCount === 1;
}

/** What a student's files take. */
export async function roomOf({ institution, person }: FileOwner): Promise<Pick<RoomDoc, 'bytes' | 'count'>> {
  const room = await Rooms.findOne({ institution, person }).lean<RoomDoc>();
  return { bytes: room?.bytes ?? 0, count: room?.count ?? 0 };
}

export async function removeArriving({ institution, person }: FileOwner, id: string): Promise<void> {
  await Files.deleteOne({ institution, person, _id: id, state: 'arriving' });
}

/** Files that no request tied to anything, begun before `before`. */
export async function listLeftOver(institution: string, before: Date): Promise<StoredFile[]> {
  const docs = await Files.find({ institution, state: 'arriving', at: { $lt: before } })
    .sort({ at: 1 })
    .limit(500)
    .lean<FileDoc[]>();
  return docs.map(plain);
}
