/**
 * The bytes of files, in GridFS: 1 MB a piece, written and read as a stream. GridFS has collections of its own
 * making; they are declared here so that the registry explains them, and every read names the institution.
 */
import mongoose, { Schema } from 'mongoose';
import { Readable } from 'node:stream';
import { NotFound } from '../shared/errors.ts';
import { defineModel } from '../shared/model.ts';
import type { FileOwner } from './file.ts';

const BUCKET = 'fileBytes';
const PIECE_BYTES = 1024 * 1024;

interface ContentDoc {
  _id: string;
  length: number;
  chunkSize: number;
  metadata: FileOwner;
}

const Owner = new Schema(
  { institution: { type: String, required: true }, person: { type: String, required: true } },
  { _id: false, id: false },
);

const Contents = defineModel<ContentDoc>({
  name: `${BUCKET}.files`,
  tenancy: {
    global: 'GridFS keeps whose content it is in its metadata; this store asks for it in every query',
  },
  fields: {
    length: { type: Number, required: true },
    chunkSize: { type: Number, required: true },
    uploadDate: { type: Date, required: true },
    filename: { type: String, default: '' },
    metadata: { type: Owner, required: true },
  },
  indexes: [[{ 'metadata.institution': 1, 'metadata.person': 1 }]],
  registry: [
    {
      fields: ['length', 'chunkSize', 'uploadDate', 'filename', 'metadata.institution', 'metadata.person'],
      purpose: 'find the pieces of a student’s file, and whose it is',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

const Pieces = defineModel<{ _id: string; files_id: string }>({
  name: `${BUCKET}.chunks`,
  tenancy: { global: 'pieces are reached only through their content, whose metadata names the institution' },
  fields: {
    files_id: { type: String, required: true },
    n: { type: Number, required: true },
    data: { type: Buffer, required: true },
  },
  indexes: [[{ files_id: 1, n: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['files_id', 'n', 'data'],
      purpose: 'the student’s own work, as they gave it',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

type Bucket = InstanceType<typeof mongoose.mongo.GridFSBucket>;
/** GridFS types its ids as ObjectId; any value is allowed (GridFS specification, "Before operations"). */
type BucketId = Parameters<Bucket['openDownloadStream']>[0];
const idOf = (id: string): BucketId => id as unknown as BucketId;

const buckets = new WeakMap<object, Bucket>();

function bucket(): Bucket {
  const { db } = mongoose.connection;
  if (!db) throw new Error('Files need a connected database.');
  const known =
    buckets.get(db) ??
    new mongoose.mongo.GridFSBucket(db, { bucketName: BUCKET, chunkSizeBytes: PIECE_BYTES });
  buckets.set(db, known);
  return known;
}

/**
 * Writes a stream piece by piece, each acknowledged before the next is asked for, so that a source that breaks
 * off leaves no write on its way. @returns the bytes written
 */
export async function writeBytes(
  owner: FileOwner,
  id: string,
  source: AsyncIterable<Uint8Array>,
): Promise<number> {
  const upload = bucket().openUploadStreamWithId(idOf(id), '', {
    metadata: { institution: owner.institution, person: owner.person },
  });
  const failed = new Promise<never>((_, reject) => upload.once('error', reject));
  failed.catch(() => {});
  let bytes = 0;
  for await (const piece of source) {
    bytes += piece.byteLength;
    await Promise.race([failed, new Promise<void>((done) => upload.write(piece, () => done()))]);
  }
  await Promise.race([failed, new Promise<void>((done) => upload.end(() => done()))]);
  return bytes;
}

/** In bytes. @throws NotFound when this institution has no such content */
export async function lengthOf(institution: string, id: string): Promise<number> {
  return (await contentOf(institution, id)).length;
}

async function contentOf(institution: string, id: string): Promise<ContentDoc> {
  const content = await Contents.findOne({ _id: id, 'metadata.institution': institution }).lean<ContentDoc>();
  if (!content) throw new NotFound(`content ${id}`);
  return content;
}

/** Bytes `from` (included) to `to` (not included), or all. @throws NotFound when this institution has no such content */
export async function openBytes(
  institution: string,
  id: string,
  range?: { from: number; to: number },
): Promise<Readable> {
  const content = await contentOf(institution, id);
  return Readable.from(piecesOf(content, range ?? { from: 0, to: content.length }), { objectMode: false });
}

/**
 * Piece by piece. The driver's own GridFS stream asks for 16 MB at a time, which many readers at once would hold
 * in memory together.
 */
async function* piecesOf(
  { _id: id, chunkSize }: ContentDoc,
  { from, to }: { from: number; to: number },
): AsyncGenerator<Buffer> {
  const first = Math.floor(from / chunkSize);
  const n = { $gte: first, $lt: Math.ceil(to / chunkSize) };
  const cursor = Pieces.collection.find<PieceDoc>(
    { files_id: id, n },
    { sort: { n: 1 }, batchSize: 1, promoteBuffers: true },
  );
  let expected = first;
  for await (const piece of cursor) {
    if (piece.n !== expected) throw new Error(`content ${id} lacks piece ${expected}`);
    const at = piece.n * chunkSize;
    yield piece.data.subarray(Math.max(0, from - at), Math.min(piece.data.length, to - at));
    expected += 1;
  }
  if (expected * chunkSize < to) throw new Error(`content ${id} ends at piece ${expected}`);
}

interface PieceDoc {
  n: number;
  data: Buffer;
}

/** Removes contents, also those whose writing was cut off. */
export async function removeBytes(institution: string, ids: readonly string[]): Promise<void> {
  await Contents.deleteMany({ _id: { $in: [...ids] }, 'metadata.institution': institution });
  const others = await Contents.distinct('_id', { _id: { $in: [...ids] } });
  const free = ids.filter((id) => !others.includes(id));
  await Pieces.deleteMany({ files_id: { $in: free } });
}
