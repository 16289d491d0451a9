import { parse, CsvError } from 'csv-parse/sync';
import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import type { ImportColumn, ImportTarget, SourceRow } from './target.ts';

/** More rows than this are two imports. */
export const MOST_ROWS = 20_000;
const LONGEST_CELL = 2_000;

/** CSV with a heading (comma, semicolon or tab), or a JSON list of objects. @throws Invalid naming what is wrong */
export function readRows(text: string, target: Pick<ImportTarget, 'columns' | 'flatten'>): SourceRow[] {
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (trimmed === '') throw wrong(say('imports.error.empty'));
  const rows = /^[[{]/.test(trimmed) ? readJson(trimmed, target) : readCsv(trimmed);
  if (rows.length === 0) throw wrong(say('imports.error.noRows'));
  if (rows.length > MOST_ROWS) throw wrong(say('imports.error.tooMany', { limit: MOST_ROWS }));
  const named = rows.map(({ line, values }) => ({ line, values: renamed(values, target.columns) }));
  refuseMissing(named, target.columns);
  return named;
}

function wrong(message: string): Invalid {
  return new Invalid([{ field: 'text', message }]);
}

interface Parsed {
  info: { lines: number };
  record: string[];
}

function readCsv(text: string): SourceRow[] {
  const options = { delimiter: delimiterOf(text), info: true, relax_column_count: true, trim: true } as const;
  try {
    const all = parse(text, { ...options, skip_empty_lines: true }) as unknown as Parsed[];
    const [heading, ...rest] = all;
    const names = heading?.record ?? [];
    return rest.map(({ info, record }) => ({
      line: info.lines,
      values: Object.fromEntries(names.map((name, nth) => [name, record[nth] ?? ''])),
    }));
  } catch (error) {
    if (error instanceof CsvError)
      throw wrong(say('imports.error.csv', { line: Number(error['lines'] ?? 1) }));
    throw error;
  }
}

function delimiterOf(text: string): string {
  const heading = text.split(/\r?\n/, 1)[0] ?? '';
  const count = (mark: string): number => heading.split(mark).length;
  return [',', ';', '\t'].toSorted((a, b) => count(b) - count(a))[0] ?? ',';
}

function readJson(text: string, { flatten }: Pick<ImportTarget, 'flatten'>): SourceRow[] {
  const parsed = parseJson(text);
  const list = Array.isArray(parsed) ? parsed : [parsed];
  return list.flatMap((one: unknown, nth) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one))
      throw wrong(say('imports.error.object', { line: nth + 1 }));
    const records = flatten ? flatten(one as Record<string, unknown>) : [one as Record<string, unknown>];
    return records.map((record) => ({ line: nth + 1, values: textsOf(record) }));
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw wrong(say('imports.error.json'));
  }
}

function textsOf(record: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, textOf(value)]));
}

/** Lists as a cell carries them: groups with ";", choices within a group with "|". */
function textOf(value: unknown): string {
  if (Array.isArray(value))
    return value.map((one) => (Array.isArray(one) ? one.map(String).join('|') : String(one))).join(';');
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function key(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Cells by the target's own column names; columns nobody asked for fall away. */
function renamed(values: Record<string, string>, columns: readonly ImportColumn[]): Record<string, string> {
  const byKey = new Map(Object.entries(values).map(([name, value]) => [key(name), value]));
  const found = columns.flatMap(({ name, also = [] }) => {
    const value = [name, ...also].map((one) => byKey.get(key(one))).find((one) => one !== undefined);
    return value === undefined ? [] : [[name, value.slice(0, LONGEST_CELL)] as const];
  });
  return Object.fromEntries(found);
}

function refuseMissing(rows: readonly SourceRow[], columns: readonly ImportColumn[]): void {
  const missing = columns.filter(
    ({ name, required }) => required && rows.every(({ values }) => !(name in values)),
  );
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(', ');
  throw wrong(say('imports.error.columns', { names }));
}
