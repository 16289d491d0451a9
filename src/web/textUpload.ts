/** The file of an import: UTF-8 text (CSV, JSON) that a use case reads in the same request and that is stored nowhere. */
import { Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import type { CallFile, Upload } from './route.ts';

/** A text that came as a file; the name is the browser's, shortened. */
export interface SentText {
  name: string;
  text: string;
}

export interface TextUpload {
  /** For the route's `upload`. */
  upload: Upload;
  /** @returns what came; null without a file. @throws Invalid, in words, when it was not taken */
  sentText: (file: CallFile) => SentText | null;
}

interface Settings {
  /** The form's field; it comes last. */
  field: string;
  maxBytes: number;
  /** For long pasted lines in another field of the form. */
  fieldBytes?: number;
  /** Why it is not taken: too large; not UTF-8, so names would be garbled. */
  words: { long: () => string; encoding: () => string };
}

const LONGEST_NAME = 200;

/** Declares a text file of a route's form. Its text is in memory from the file's arrival to the request's end. */
export function textUpload({ field, maxBytes, fieldBytes, words }: Settings): TextUpload {
  const arrived = new Map<string, SentText>();
  const refuse = (message: string): Invalid => new Invalid([{ field, message }]);
  return {
    upload: {
      field,
      maxBytes,
      ...(fieldBytes ? { fieldBytes } : {}),
      receive: async (_owner, { name, stream }) => {
        const bytes = await readUpTo(maxBytes, stream);
        if (bytes === null) throw refuse(words.long());
        const text = decoded(bytes);
        if (text === null) throw refuse(words.encoding());
        const id = newId();
        arrived.set(id, { name: name.slice(0, LONGEST_NAME), text });
        return id;
      },
      discard: async (_owner, id) => void arrived.delete(id),
    },
    sentText: (file) => {
      if (file.is === 'refused') throw refuse(file.message);
      return file.is === 'arrived' ? (arrived.get(file.id) ?? null) : null;
    },
  };
}

/** Null: it is longer. */
async function readUpTo(most: number, stream: AsyncIterable<Buffer>): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    size += piece.byteLength;
    if (size > most) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** Null: it is not UTF-8. */
function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
