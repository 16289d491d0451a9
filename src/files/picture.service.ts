import sharp, { type Sharp } from 'sharp';
import type { FileRefusal, FileType } from './fileType.ts';

/**
 * Pictures are drawn anew: what is stored is only pixels, without the place and time a phone writes into them, and
 * without anything that hid behind a picture's beginning (quality.md D5).
 */
export interface Picture {
  whole: Buffer;
  small: Buffer;
  width: number;
  height: number;
}

/** A phone takes 48 million; what claims more is not decoded at all. */
const MOST_PIXELS = 64_000_000;
/** Longest side of what is kept, in pixels: fills a screen and prints a page. */
const LONGEST_SIDE = 2_400;
/** The small picture of a card: 320 × 136 CSS pixels, for sharp screens. */
const SMALL = { width: 640, height: 272 } as const;
const SECONDS = 20;

/** Only the three decoders that are allowed; no other format can be reached through a crafted file. */
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer', 'VipsForeignLoadWebpBuffer'],
});
sharp.cache(false);

/** Decoding takes memory: this many at a time in one process, the others wait. */
const AT_ONCE = 2;
let running = 0;
const waiting: (() => void)[] = [];

/** @throws PictureRefused when it cannot be read or is too large to */
export async function drawAnew(given: Buffer, type: FileType): Promise<Picture> {
  await turn();
  try {
    return await drawn(given, type);
  } catch (error) {
    throw new PictureRefused(isTooLarge(error) ? 'tooManyPixels' : 'broken', error);
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** Why a picture is not taken. */
export class PictureRefused extends Error {
  readonly refused: FileRefusal;
  constructor(refused: FileRefusal, cause: unknown) {
    super(`picture ${refused}`, { cause });
    this.name = 'PictureRefused';
    this.refused = refused;
  }
}

async function turn(): Promise<void> {
  while (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
}

async function drawn(given: Buffer, type: FileType): Promise<Picture> {
  const { data: whole, info } = await reading(given)
    .autoOrient()
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .toFormat(type === 'png' ? 'png' : type === 'webp' ? 'webp' : 'jpeg', { quality: 82 })
    .timeout({ seconds: SECONDS })
    .toBuffer({ resolveWithObject: true });
  const small = await reading(whole)
    .resize({ ...SMALL, fit: 'cover', position: 'attention' })
    .webp({ quality: 68 })
    .timeout({ seconds: SECONDS })
    .toBuffer();
  return { whole, small, width: info.width, height: info.height };
}

function reading(bytes: Buffer): Sharp {
  return sharp(bytes, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, pages: 1 });
}

function isTooLarge(error: unknown): boolean {
  return error instanceof Error && /pixel limit/i.test(error.message);
}
