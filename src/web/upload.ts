/**
 * The one way a form with a file comes in. Its fields are read first, so that the session's token is known when
 * the file begins: without it not a byte is kept. The file goes straight where the route's `upload` puts it, and
 * what no use case kept when the request is over is removed.
 */
import { callbackify } from 'node:util';
import type { Request, Response } from 'express';
import multer, { type StorageEngine } from 'multer';
import type { Session } from '../sessions/session.ts';
import { Invalid } from '../shared/errors.ts';
import { allowSlowBody, tooMuchText } from './body.ts';
import { assertToken } from './csrf.ts';
import type { CallFile, Upload } from './route.ts';

/** As many fields as our longest form has, with names that have no brackets to nest by (quality.md D1, D2). */
const FIELDS = {
  fields: 300,
  fieldSize: 64 * 1024,
  fieldNameSize: 100,
  files: 1,
  headerPairs: 20,
  fieldNestingDepth: 0,
};
/** The receiver counts for itself, with words for the person; this is the wall behind it. */
const SLACK = 64 * 1024;

/** A form with its file. `release` is called when the request is over, whatever came of it. */
export interface ReceivedForm {
  body: Record<string, unknown>;
  file: CallFile;
  release: () => Promise<void>;
}

interface Incoming {
  req: Request;
  res: Response;
  session: Session;
  now: Date;
}

export function isMultipart(req: Request): boolean {
  return req.is('multipart/form-data') !== false && req.is('multipart/form-data') !== null;
}

/** @throws StaleForm without this session's token; Invalid when the form cannot be read; what `receive` throws, `Invalid` aside */
export async function receiveForm(
  upload: Upload,
  { req, res, session, now }: Incoming,
): Promise<ReceivedForm> {
  allowSlowBody(req);
  const arrival: Arrival = { over: Promise.resolve() };
  const header = req.get('x-csrf-token');
  const parse = multer({
    storage: storageOf(upload, session, now, arrival),
    limits: {
      ...FIELDS,
      fieldSize: upload.fieldBytes ?? FIELDS.fieldSize,
      fileSize: upload.maxBytes + SLACK,
    },
    defParamCharset: 'utf8',
    fileFilter: (_req, _file, accept) => {
      try {
        assertToken(session, fieldsOf(req), header);
        accept(null, true);
      } catch (error) {
        arrival.error = error;
        accept(error as Error);
      }
    },
  }).single(upload.field);
  const failure = await new Promise<unknown>((done) => void parse(req, res, done));
  await arrival.over;
  assertToken(session, fieldsOf(req), header);
  const file = fileOf(req, failure, arrival.error);
  const release = async (): Promise<void> => {
    if (file.is === 'arrived') await upload.discard(session, file.id);
  };
  return { body: fieldsOf(req), file, release };
}

/** What became of the file, beside what multer says of the request. */
interface Arrival {
  error?: unknown;
  /** Settles when the receiver has let go of it. */
  over: Promise<unknown>;
}

function storageOf(upload: Upload, owner: Session, now: Date, arrival: Arrival): StorageEngine {
  const receive = async (_req: Request, { originalname, stream }: Express.Multer.File): Promise<Stored> => {
    // A receiver that stops reading leaves the stream whole: the rest of the request is still read past it.
    const pieces = stream.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>;
    const arriving = upload.receive(owner, { name: originalname, stream: pieces }, now);
    arrival.over = arriving.catch((error: unknown) => {
      arrival.error = error;
    });
    return { filename: await arriving };
  };
  return {
    _handleFile: callbackify(receive),
    _removeFile: callbackify((_req: Request, { filename }: Stored) => upload.discard(owner, filename)),
  };
}

interface Stored {
  filename: string;
}

function fileOf(req: Request, failure: unknown, refused: unknown): CallFile {
  if (refused instanceof Invalid) return { is: 'refused', message: refused.message };
  if (!failure) return req.file ? { is: 'arrived', id: req.file.filename } : { is: 'none' };
  if (refused instanceof Error && !isBrokenOff(req)) throw refused;
  if (failure instanceof multer.MulterError && failure.code === 'LIMIT_FIELD_VALUE')
    throw tooMuchText('field too large');
  throw new Invalid([], { status: 400, detail: 'unreadable upload' });
}

/** The person closed the page while it was sent: no fault of ours. */
function isBrokenOff(req: Request): boolean {
  return req.destroyed && !req.complete;
}

function fieldsOf(req: Request): Record<string, unknown> {
  return { ...(req.body as Record<string, unknown> | undefined) };
}
