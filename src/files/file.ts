import type { FileType } from './fileType.ts';

/** One file a student gave; its bytes are in GridFS under an id of ours, never under its name. */
export interface StoredFile {
  id: string;
  institution: string;
  person: string;
  /** `arriving` until something is tied to it: what stays so is removed. */
  state: 'arriving' | 'kept';
  /** Made safe; its ending is that of its type. */
  name: string;
  type: FileType;
  /** What is stored, its small picture included. */
  bytes: number;
  /** sha-256 of what was sent, hex: the same file is stored once. */
  hash: string;
  /** Of a picture, in pixels; null for other files. */
  width: number | null;
  height: number | null;
  at: Date;
}

/** Whose file it is. */
export interface FileOwner {
  institution: string;
  person: string;
}

const MEGABYTE = 1024 * 1024;

/** A file as it is sent, and all of a student's files as they are stored, in bytes. */
export const LARGEST_FILE = 25 * MEGABYTE;
export const LARGEST_ROOM = 500 * MEGABYTE;
export const MOST_FILES = 500;

/** A file that nothing was tied to for this long belongs to a request that failed. */
export const LEFT_OVER_MS = 60 * 60_000;

/** "84 KB", "2.4 MB": the number and its unit apart, so that a language can put them together. */
export function sizeOf(bytes: number): { value: number; unit: 'KB' | 'MB' } {
  if (bytes < MEGABYTE) return { value: Math.max(1, Math.round(bytes / 1024)), unit: 'KB' };
  return { value: Math.round((bytes / MEGABYTE) * 10) / 10, unit: 'MB' };
}
