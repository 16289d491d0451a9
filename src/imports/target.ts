import type { Actor } from '../people/actor.ts';
import type { MessageKey } from '../shared/i18n.ts';

/** What can be imported. A feature declares one; `src/importTargets.ts` lists them all. */
export interface ImportTarget {
  /** In addresses and stored with each import: `catalogue`. */
  name: string;
  title: MessageKey;
  lede: MessageKey;
  columns: readonly ImportColumn[];
  /** A few lines that would be accepted. */
  example: string;
  /** One JSON object as several rows, such as a set with its lines. */
  flatten?: (record: Record<string, unknown>) => Record<string, unknown>[];
  /** Looks at every row and writes nothing; rows in the file's order. */
  check(place: ImportPlace, rows: readonly SourceRow[]): Promise<CheckedRow[]>;
  /** Writes accepted rows. @returns what undoing needs, as JSON can carry it */
  apply(place: ImportPlace, rows: readonly GoodRow[]): Promise<UndoRecord[]>;
  /** Takes back what `apply` did; what somebody changed since stays. @returns how many were taken back */
  undo(place: ImportPlace, records: readonly UndoRecord[]): Promise<number>;
}

export interface ImportColumn {
  name: string;
  /** Other headings that mean the same, such as OneRoster's. */
  also?: readonly string[];
  required: boolean;
  help: MessageKey;
}

export interface ImportPlace {
  actor: Actor;
  importId: string;
  now: Date;
}

/** A row as it was read: texts by column. */
export interface SourceRow {
  /** Line in the file, the heading being 1; of JSON, the number of the object. */
  line: number;
  values: Readonly<Record<string, string>>;
}

export type CheckedRow = GoodRow | BadRow;

export interface GoodRow {
  line: number;
  change: 'added' | 'changed' | 'same';
  /** What the row is about, in a few words. */
  what: string;
  data: unknown;
}

export interface BadRow {
  line: number;
  change: 'bad';
  problems: string[];
}

export type UndoRecord = Record<string, unknown>;

export function isBad(row: CheckedRow): row is BadRow {
  return row.change === 'bad';
}
