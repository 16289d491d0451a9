/**
 * A file on its way in: streamed to GridFS while it is measured, hashed and looked at; then, by its real type,
 * checked or drawn anew. It is `arriving` until a use case keeps it in its own transaction; a request that does
 * not come so far removes it, and what a crash leaves is removed at night.
 */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { lengthOf, openBytes, removeBytes, writeBytes } from './bytes.store.ts';
import * as store from './file.store.ts';
import { LARGEST_FILE, LEFT_OVER_MS, type FileOwner, type StoredFile } from './file.ts';
import { safeName } from './fileName.ts';
import {
  HEAD_BYTES,
  isPicture,
  TYPE_FACTS,
  typeOfHead,
  type FileRefusal,
  type FileType,
  type HeadType,
} from './fileType.ts';
import { isLocked } from './locked.ts';
import { typeOfOffice } from './office.ts';
import { drawAnew, PictureRefused } from './picture.service.ts';

export { listFiles, roomOf } from './file.store.ts';

/** Where a file's contents lie in GridFS: as sent (documents) or drawn anew, and the small picture. */
const contentOf = ({ id, type }: Pick<StoredFile, 'id' | 'type'>): string =>
  isPicture(type) ? `${id}.picture` : id;
const smallOf = ({ id }: Pick<StoredFile, 'id'>): string => `${id}.small`;
const allContents = (id: string): string[] => [id, `${id}.picture`, `${id}.small`];

/**
 * Takes a file in. @param name as the browser sent it
 * @returns its id; it is `arriving` until `keepFile`
 * @throws Invalid on `file`, in words, when it is not one that is taken; nothing of it stays
 */
export async function receiveFile(
  owner: FileOwner,
  part: { name: string; stream: AsyncIterable<Buffer> },
  now: Date,
): Promise<string> {
  const id = newId();
  await store.addArriving(owner, id, now);
  try {
    const sent = await arrive(owner, id, part.stream);
    const type = await inspected(owner, id, sent);
    const facts = { name: safeName(part.name, type), type, hash: sent.hash };
    const stored = isPicture(type) ? await redrawn(owner, id, type) : { bytes: sent.bytes, ...NO_PICTURE };
    await store.describeFile(owner, id, { ...facts, ...stored });
    return id;
  } catch (error) {
    await discardFile(owner, id);
    throw error;
  }
}

const NO_PICTURE = { width: null, height: null } as const;

interface Sent {
  bytes: number;
  hash: string;
  head: HeadType;
}

/** Streams it into GridFS. What its beginning says is not taken is refused before the rest is read. */
async function arrive(owner: FileOwner, id: string, stream: AsyncIterable<Buffer>): Promise<Sent> {
  const hash = createHash('sha256');
  let head = Buffer.alloc(0);
  let seen: HeadType | null = null;
  let bytes = 0;
  async function* watched(): AsyncGenerator<Buffer> {
    for await (const piece of stream) {
      bytes += piece.length;
      if (bytes > LARGEST_FILE) throw refusal('tooLarge');
      hash.update(piece);
      if (seen === null) {
        head = Buffer.concat([head, piece.subarray(0, HEAD_BYTES - head.length)]);
        if (head.length === HEAD_BYTES) seen = taken(await typeOfHead(head));
      }
      yield piece;
    }
  }
  await writeBytes(owner, id, watched());
  seen ??= taken(await typeOfHead(head));
  return { bytes, hash: hash.digest('hex'), head: seen };
}

function taken<T extends object>(found: T | { refused: FileRefusal }): T {
  if ('refused' in found) throw refusal(found.refused);
  return found;
}

/** The type a file really has. @throws Invalid when it must not be handed on */
async function inspected({ institution }: FileOwner, id: string, { head, bytes }: Sent): Promise<FileType> {
  if (!('is' in head)) throw refusal(head.refused);
  switch (head.is) {
    case 'zip': {
      const read = async (from: number, to: number): Promise<Buffer> =>
        from >= to ? Buffer.alloc(0) : wholeOf(await openBytes(institution, id, { from, to }));
      return taken(await typeOfOffice(read, bytes)).is;
    }
    case 'compound':
      throw refusal((await isLocked('compound', await openBytes(institution, id))) ? 'locked' : 'oldOffice');
    case 'pdf':
      if (await isLocked('pdf', await openBytes(institution, id))) throw refusal('locked');
      return 'pdf';
    default:
      return head.is;
  }
}

/** Draws a picture anew and drops what was sent. Only here is a file whole in memory: a decoder needs it. */
async function redrawn(
  owner: FileOwner,
  id: string,
  type: FileType,
): Promise<Pick<StoredFile, 'bytes' | 'width' | 'height'>> {
  try {
    const given = await wholeOf(await openBytes(owner.institution, id));
    const { whole, small, width, height } = await drawAnew(given, type);
    await writeBytes(owner, contentOf({ id, type }), once(whole));
    await writeBytes(owner, smallOf({ id }), once(small));
    await removeBytes(owner.institution, [id]);
    return { bytes: whole.length + small.length, width, height };
  } catch (error) {
    throw error instanceof PictureRefused ? refusal(error.refused) : error;
  }
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function wholeOf(pieces: AsyncIterable<Buffer>): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const piece of pieces) all.push(piece);
  return Buffer.concat(all);
}

/** Why a file is not taken, in words, for the field of that name. */
export function refusal(refused: FileRefusal): Invalid {
  const status = refused === 'tooLarge' ? 413 : refused === 'type' ? 415 : 422;
  return new Invalid([{ field: 'file', message: say(`files.error.${refused}`) }], {
    status,
    detail: `file ${refused}`,
  });
}

/**
 * Keeps an arrived file; use in the transaction of what is tied to it. The same file given before is taken
 * instead, and no room is counted for it.
 * @throws Invalid when the student's room is full
 */
export async function keepFile(owner: FileOwner, id: string): Promise<StoredFile> {
  const arrived = await store.findFile(owner, id, 'arriving');
  if (!arrived) throw refusal('broken');
  const earlier = await store.findFileByHash(owner, arrived.hash);
  if (earlier) return earlier;
  if (!(await store.takeRoom(owner, arrived.bytes))) throw refusal('full');
  await store.markKept(owner, id);
  return { ...arrived, state: 'kept' };
}

/** A file the student gave before. @throws Invalid when it is not theirs */
export async function ownFile(owner: FileOwner, id: string): Promise<StoredFile> {
  const file = await store.findFile(owner, id, 'kept');
  if (!file) throw new Invalid([{ field: 'earlier', message: say('files.error.notYours') }]);
  return file;
}

/** Removes a file that nothing was tied to; a kept one stays. */
export async function discardFile(owner: FileOwner, id: string): Promise<void> {
  if (await store.findFile(owner, id, 'kept')) return;
  await removeBytes(owner.institution, allContents(id));
  await store.removeArriving(owner, id);
}

/** For the nightly job: removes what failed requests and crashes left. @returns how many files */
export async function removeLeftOverFiles(institution: string, now: Date): Promise<number> {
  const files = await store.listLeftOver(institution, new Date(now.getTime() - LEFT_OVER_MS));
  for (const { person, id } of files) await discardFile({ institution, person }, id);
  return files.length;
}

/** A file's content as `web/sendContent.ts` answers it. `small` is the picture of a card. */
export interface FileContent {
  name: string;
  mime: string;
  /** In bytes. */
  length: number;
  /** Bytes `from` (included) to `to` (not included). */
  open: (from: number, to: number) => Promise<Readable>;
}

/** @throws NotFound when it is not there, or a small picture is asked of what is none */
export async function openFile(
  file: Pick<StoredFile, 'id' | 'name' | 'type' | 'institution'>,
  size: 'whole' | 'small' = 'whole',
): Promise<FileContent> {
  const id = size === 'small' ? smallOf(file) : contentOf(file);
  const mime = size === 'small' ? 'image/webp' : TYPE_FACTS[file.type].mime;
  return {
    name: file.name,
    mime,
    length: await lengthOf(file.institution, id),
    open: (from, to) => openBytes(file.institution, id, { from, to }),
  };
}
