import { fileTypeFromBuffer } from 'file-type';

/** What a student may give, told by content, never by name or by what the browser says. */
export const FILE_TYPES = ['pdf', 'png', 'jpeg', 'webp', 'docx', 'pptx', 'xlsx', 'mp3', 'mp4'] as const;
export type FileType = (typeof FILE_TYPES)[number];

/** Why a file is not taken; each has its sentence in `messages/en/files.ts`. */
export type FileRefusal =
  | 'empty'
  | 'tooLarge'
  | 'type'
  | 'heic'
  | 'movie'
  | 'oldOffice'
  | 'locked'
  | 'macros'
  | 'unsafe'
  | 'broken'
  | 'tooManyPixels'
  | 'full';

interface TypeFacts {
  mime: string;
  ending: string;
  group: 'document' | 'picture' | 'sound' | 'video';
}

const OFFICE = 'application/vnd.openxmlformats-officedocument';

export const TYPE_FACTS: Readonly<Record<FileType, TypeFacts>> = {
  pdf: { mime: 'application/pdf', ending: 'pdf', group: 'document' },
  png: { mime: 'image/png', ending: 'png', group: 'picture' },
  jpeg: { mime: 'image/jpeg', ending: 'jpg', group: 'picture' },
  webp: { mime: 'image/webp', ending: 'webp', group: 'picture' },
  docx: { mime: `${OFFICE}.wordprocessingml.document`, ending: 'docx', group: 'document' },
  pptx: { mime: `${OFFICE}.presentationml.presentation`, ending: 'pptx', group: 'document' },
  xlsx: { mime: `${OFFICE}.spreadsheetml.sheet`, ending: 'xlsx', group: 'document' },
  mp3: { mime: 'audio/mpeg', ending: 'mp3', group: 'sound' },
  mp4: { mime: 'video/mp4', ending: 'mp4', group: 'video' },
};

export function isPicture(type: FileType): boolean {
  return TYPE_FACTS[type].group === 'picture';
}

/** For `<input type="file" accept>`: a help in the file dialog, not a check. */
export const ACCEPTED = FILE_TYPES.map((type) => `.${TYPE_FACTS[type].ending}`).join(',');

/** What the beginning of a file says: a type, a container to be looked into, or why it is not taken. */
export type HeadType =
  { is: Exclude<FileType, 'docx' | 'pptx' | 'xlsx'> | 'zip' | 'compound' } | { refused: FileRefusal };

/** How much of the beginning is needed. */
export const HEAD_BYTES = 4_100;

const BY_MIME: Readonly<Record<string, HeadType>> = {
  'application/pdf': { is: 'pdf' },
  'image/png': { is: 'png' },
  'image/jpeg': { is: 'jpeg' },
  'image/webp': { is: 'webp' },
  'audio/mpeg': { is: 'mp3' },
  'video/mp4': { is: 'mp4' },
  'application/x-cfb': { is: 'compound' },
  'video/quicktime': { refused: 'movie' },
  'image/heic': { refused: 'heic' },
  'image/heic-sequence': { refused: 'heic' },
  'image/heif': { refused: 'heic' },
  'image/heif-sequence': { refused: 'heic' },
};

const ZIP = Buffer.from('PK\u0003\u0004', 'latin1');

/**
 * Reads the first bytes. A zip is judged by its table of contents (office.ts), so that nothing is unpacked to
 * find out what it is.
 * @param head up to HEAD_BYTES of the beginning
 */
export async function typeOfHead(head: Buffer): Promise<HeadType> {
  if (head.length === 0) return { refused: 'empty' };
  if (head.subarray(0, ZIP.length).equals(ZIP)) return { is: 'zip' };
  const found = await fileTypeFromBuffer(head);
  return BY_MIME[found?.mime ?? ''] ?? { refused: 'type' };
}
