import type { Response } from 'express';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { sandboxed } from './headers.ts';

/** Bytes that a person gave, to be handed out under the type that we found in them. */
export interface Content {
  name: string;
  mime: string;
  /** In bytes. */
  length: number;
  /** Bytes `from` (included) to `to` (not included). */
  open: (from: number, to: number) => Promise<Readable>;
}

/**
 * Answers with a person's file so that it can do nothing here: as an attachment, with our type and `nosniff`, in
 * a sandbox, kept by no cache (quality.md D5, D8). An `<img>` of our own pages still shows it. One range of bytes
 * can be asked for (RFC 9110, 14.2), so that a film can be resumed.
 */
export async function sendContent(res: Response, content: Content): Promise<void> {
  sandboxed(res);
  res.attachment(content.name);
  res.set({ 'Content-Type': content.mime, 'Accept-Ranges': 'bytes' });
  const range = rangeOf(res.req.get('range'), content.length);
  if (range === 'unsatisfiable')
    return void res.status(416).set('Content-Range', `bytes */${content.length}`).end();
  const { from, to } = range ?? { from: 0, to: content.length };
  if (range) res.status(206).set('Content-Range', `bytes ${from}-${to - 1}/${content.length}`);
  res.set('Content-Length', String(to - from));
  if (res.req.method === 'HEAD' || from === to) return void res.end();
  await handOut(await content.open(from, to), res);
}

/** Who closes the page while it is sent is no fault of ours. */
async function handOut(bytes: Readable, res: Response): Promise<void> {
  try {
    await pipeline(bytes, res);
  } catch (error) {
    if (!res.destroyed && !res.headersSent) throw error;
  }
}

/** Null: the whole; several ranges or a unit we do not know are answered so as well. */
export function rangeOf(
  header: string | undefined,
  length: number,
): { from: number; to: number } | 'unsatisfiable' | null {
  const [, first = '', last = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const to = first === '' || last === '' ? length : Math.min(Number(last) + 1, length);
  return from >= to ? 'unsatisfiable' : { from, to };
}
