/** Reads a file of careers, clusters or programmes: what would be new, changed or the same, and every bad line. Pure. */
import { parse } from 'csv-parse/sync';
import type { z } from 'zod';
import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import { LIMITS, type Catalogue } from './career.ts';
import { CareerRow, ClusterRow, ProgrammeRow } from './catalogueRow.ts';
import type { Records, RecordKind } from './catalogue.ts';
import {
  INTEREST_COLUMNS,
  interestsFrom,
  OCCUPATION_COLUMNS,
  occupationsFrom,
  onetSource,
  type BadLine,
  type TableRow,
} from './onet.ts';

export const FORMATS = ['career', 'cluster', 'programme', 'onetOccupations', 'onetInterests'] as const;
export type Format = (typeof FORMATS)[number];

export interface ImportFile {
  format: Format;
  text: string;
  /** Of the O*NET database. */
  version: string;
}

/** One row that an import would write. */
export interface ImportRow {
  kind: RecordKind;
  key: string;
  isNew: boolean;
  data: Records[RecordKind];
}

/** The dry run. */
export interface Checked {
  /** New and changed ones. */
  rows: ImportRow[];
  added: number;
  changed: number;
  same: number;
  bad: BadLine[];
}

/** One file: checked, then done, then perhaps taken back. */
export interface CatalogueImport {
  id: string;
  institution: string;
  format: Format;
  state: 'checked' | 'done' | 'undone';
  /** What it would write; empty once it is done. */
  rows: ImportRow[];
  added: number;
  changed: number;
  same: number;
  /** The first bad lines, and how many there are. */
  bad: BadLine[];
  badCount: number;
  by: string;
  at: Date;
  /** When a check that nobody confirmed is removed; null: kept. */
  expiresAt: Date | null;
}

/** Lines of the largest file we read, O*NET's Interests, with room. */
const MOST_LINES = 30_000;

const SCHEMAS = { career: CareerRow, cluster: ClusterRow, programme: ProgrammeRow } as const;
const NEEDED: Record<keyof typeof SCHEMAS, readonly string[]> = {
  career: ['id', 'title', 'does'],
  cluster: ['id', 'title', 'does'],
  programme: ['id', 'title', 'kind', 'does', 'length'],
};

/** @throws Invalid when the file as a whole cannot be read. */
export function checkFile({ format, text, version }: ImportFile, catalogue: Catalogue): Checked {
  if (text.trim() === '') throw refused('text', say('careers.import.error.empty'));
  if (format === 'onetOccupations') return checkOccupations(text, version, catalogue);
  if (format === 'onetInterests') {
    const { careers, bad } = interestsFrom(table(text, INTEREST_COLUMNS, '\t'), catalogue.careers);
    return compared('career', careers, bad, catalogue);
  }
  return checkOwn(format, text, catalogue);
}

function checkOccupations(text: string, version: string, catalogue: Catalogue): Checked {
  if (!/^\d{1,3}(?:\.\d{1,2})?$/.test(version)) throw refused('version', say('careers.import.error.version'));
  const rows = table(text, OCCUPATION_COLUMNS, '\t');
  const { careers, bad } = occupationsFrom(rows, catalogue.careers, onetSource(version));
  return compared('career', careers, bad, catalogue);
}

function checkOwn(format: keyof typeof SCHEMAS, text: string, catalogue: Catalogue): Checked {
  const bad: BadLine[] = [];
  const found = new Map<string, Records[RecordKind]>();
  const lineOf = new Map<string, number>();
  for (const { line, value } of ownRows(format, text)) {
    const parsed = (SCHEMAS[format] as z.ZodType<Records[RecordKind]>).safeParse(value);
    const message = parsed.success ? problemOf(parsed.data, lineOf, catalogue) : issueWords(parsed.error);
    if (message !== null) bad.push({ line, message });
    else if (parsed.success) {
      found.set(parsed.data.id, parsed.data);
      lineOf.set(parsed.data.id, line);
    }
  }
  return compared(format, [...found.values()], bad, catalogue);
}

/** Rows of a JSON array, or of a CSV file with a heading line. */
function ownRows(format: keyof typeof SCHEMAS, text: string): { line: number; value: unknown }[] {
  if (/^\s*[[{]/.test(text)) return jsonRows(text);
  const names = Object.keys(SCHEMAS[format].shape);
  return table(text, NEEDED[format], ',').map(({ line, cells }) => ({
    line,
    value: Object.fromEntries(names.flatMap((name) => (name in cells ? [[name, cells[name]]] : []))),
  }));
}

function jsonRows(text: string): { line: number; value: unknown }[] {
  const parsed = jsonOf(text);
  const rows: unknown[] = Array.isArray(parsed)
    ? parsed
    : Object.values(parsed as object).flatMap((value: unknown) => (Array.isArray(value) ? value : []));
  return rows.map((value, index) => ({ line: index + 1, value }));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw unreadable(error);
  }
}

/** A table by its heading line. @throws Invalid without the needed columns, or when it cannot be read */
function table(text: string, needed: readonly string[], delimiter: ',' | '\t'): TableRow[] {
  const rows = parsed(text, delimiter);
  const [first, ...others] = rows;
  const names = (first?.record ?? []).map((name) => name.trim().toLowerCase());
  if (!needed.every((name) => names.includes(name)))
    throw refused('text', say('careers.import.error.columns', { columns: needed.join(', ') }));
  if (others.length > MOST_LINES)
    throw refused('text', say('careers.import.error.rows', { limit: MOST_LINES }));
  return others.map(({ record, line }) => ({
    line,
    cells: Object.fromEntries(names.map((name, index) => [name, (record[index] ?? '').trim()])),
  }));
}

/** O*NET's files have no quoting: a quotation mark in them is a mark. */
function parsed(text: string, delimiter: ',' | '\t'): { record: string[]; line: number }[] {
  try {
    const rows = parse(text, {
      bom: true,
      delimiter,
      quote: delimiter === ',' ? '"' : null,
      relax_column_count: true,
      skip_empty_lines: true,
      info: true,
    }) as unknown as { record: string[]; info: { lines: number } }[];
    return rows.map(({ record, info }) => ({ record, line: info.lines }));
  } catch (error) {
    throw unreadable(error);
  }
}

function problemOf(
  data: Records[RecordKind],
  lineOf: ReadonlyMap<string, number>,
  { clusters }: Catalogue,
): string | null {
  const line = lineOf.get(data.id);
  if (line !== undefined) return say('careers.import.error.twice', { id: data.id, line });
  const cluster = 'cluster' in data ? data.cluster : null;
  if (cluster === null || clusters.some(({ id }) => id === cluster)) return null;
  return say('careers.import.error.cluster', { cluster, known: clusters.map(({ id }) => id).join(', ') });
}

function issueWords(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => say('careers.import.badField', { field: path.join('.') || 'row', message }))
    .join(' ');
}

/** Sorts rows into new, changed and the same as the school has now. */
function compared(
  kind: RecordKind,
  rows: readonly Records[RecordKind][],
  bad: BadLine[],
  catalogue: Catalogue,
): Checked {
  const now: readonly Records[RecordKind][] = {
    cluster: catalogue.clusters,
    career: catalogue.careers,
    programme: catalogue.programmes,
  }[kind];
  const known = new Map(now.map((one) => [one.id, canonical(one)]));
  const fresh = rows.filter((row) => known.get(row.id) !== canonical(row));
  const added = fresh.filter(({ id }) => !known.has(id)).length;
  if (known.size + added > LIMITS.rows)
    throw refused('text', say('careers.import.error.rows', { limit: LIMITS.rows }));
  return {
    rows: fresh.map((data) => ({ kind, key: data.id, isNew: !known.has(data.id), data })),
    added,
    changed: fresh.length - added,
    same: rows.length - fresh.length,
    bad: bad.toSorted((a, b) => a.line - b.line),
  };
}

function canonical(row: object): string {
  return JSON.stringify(Object.entries(row).toSorted(([a], [b]) => a.localeCompare(b)));
}

function refused(field: string, message: string): Invalid {
  return new Invalid([{ field, message }]);
}

function unreadable(error: unknown): Invalid {
  const why = error instanceof Error ? error.message : String(error);
  return refused('text', say('careers.import.error.unreadable', { why }));
}
