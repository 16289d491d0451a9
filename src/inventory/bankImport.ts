/** Reads item banks that a school brings, as JSON or CSV. Pure: says what would happen and everything that is wrong. */
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { BANK_LIMITS, type Item, type ItemBank } from './bank.ts';
import { OWN_BANKS } from './data/ownBanks.ts';
import { LETTERS, type Letter } from './riasec.ts';

/** What was pasted and typed. The fields after `source` are for CSV only. */
export interface ImportForm {
  source: string;
  name: string;
  language: string;
  /** One word a line. */
  scale: string;
  attribution: string;
}

/** What is wrong, and where: a line of the CSV, a question of the JSON, or the whole. */
export interface ImportProblem {
  at: 'line' | 'item' | 'file';
  row: number;
  why: ProblemKey;
  value: string;
}

type ProblemKey =
  | 'json'
  | 'csv'
  | 'empty'
  | 'shape'
  | 'header'
  | 'letter'
  | 'text'
  | 'textLong'
  | 'id'
  | 'twice'
  | 'few'
  | 'many'
  | 'name'
  | 'language'
  | 'scale'
  | 'attribution';

export interface ReadBank {
  bank: Omit<ItemBank, 'id'>;
  problems: ImportProblem[];
}

/** A row as it was found, before it is checked. */
interface Row {
  at: 'line' | 'item';
  row: number;
  id: string;
  text: string;
  letter: string;
}

export function readBank(form: ImportForm): ReadBank {
  const source = form.source.trim();
  if (source === '') return { bank: emptyBank(form), problems: [inFile('empty')] };
  const { head, rows, problems } = /^[[{]/.test(source) ? fromJson(source, form) : fromCsv(source, form);
  if (problems.length > 0) return { bank: head, problems };
  const { items, problems: wrongRows } = checkedItems(rows);
  const bank = { ...head, items };
  return {
    bank,
    problems: [...headProblems(bank), ...wrongRows, ...(wrongRows.length > 0 ? [] : countProblems(items))],
  };
}

interface Found {
  head: Omit<ItemBank, 'id'>;
  rows: Row[];
  problems: ImportProblem[];
}

const text = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const JsonItem = z.object({ id: text.catch(''), text: text.catch(''), letter: text.catch('') });
const JsonBank = z.object({
  name: z.string(),
  language: z.string(),
  scale: z.array(z.string()).optional(),
  items: z.array(z.unknown()),
  attribution: z.string(),
});

function fromJson(source: string, form: ImportForm): Found {
  const failed = (problem: ImportProblem): Found => ({
    head: emptyBank(form),
    rows: [],
    problems: [problem],
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(source);
  } catch (error) {
    return failed(inFile('json', String((error as Error).message).slice(0, 200)));
  }
  const read = JsonBank.safeParse(parsed);
  if (!read.success)
    return failed(inFile('shape', read.error.issues.map(({ path }) => path.join('.') || 'JSON').join(', ')));
  const { name, language, attribution, items } = read.data;
  const scale = (read.data.scale ?? defaultScale()).map((word) => word.trim());
  const rows = items.map((item, index) => {
    const cells = JsonItem.safeParse(item);
    const { id, text: words, letter } = cells.success ? cells.data : { id: '', text: '', letter: '' };
    return { at: 'item' as const, row: index + 1, id, text: words, letter };
  });
  const head = {
    name: name.trim(),
    language: language.trim(),
    attribution: attribution.trim(),
    scale,
    items: [],
  };
  return { head, rows, problems: [] };
}

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

function fromCsv(source: string, form: ImportForm): Found {
  const head = emptyBank(form);
  let records: CsvRecord[];
  try {
    const options = { bom: true, info: true, relax_column_count: true, skip_empty_lines: true, trim: true };
    records = parse(source, { ...options, delimiter: [',', ';', '\t'] }) as unknown as CsvRecord[];
  } catch (error) {
    return { head, rows: [], problems: [inFile('csv', String((error as Error).message).slice(0, 200))] };
  }
  const [first, ...rest] = records;
  const columns = (first?.record ?? []).map((name) => name.toLowerCase());
  const at = { id: columns.indexOf('id'), text: columns.indexOf('text'), letter: columns.indexOf('letter') };
  if (at.text === -1 || at.letter === -1) {
    const value = (first?.record ?? []).join(', ').slice(0, 100);
    return { head, rows: [], problems: [{ at: 'line', row: 1, why: 'header', value }] };
  }
  const rows = rest.map(({ record, info }) => ({
    at: 'line' as const,
    row: info.lines,
    id: record[at.id] ?? '',
    text: record[at.text] ?? '',
    letter: record[at.letter] ?? '',
  }));
  return { head, rows, problems: [] };
}

function emptyBank({ name, language, scale, attribution }: ImportForm): Omit<ItemBank, 'id'> {
  const words = scale.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  return {
    name: name.trim(),
    language: language.trim(),
    scale: words.length > 0 ? words : defaultScale(),
    attribution: attribution.trim(),
    items: [],
  };
}

function defaultScale(): string[] {
  return [...(OWN_BANKS[0]?.scale ?? [])];
}

const ITEM_ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

/** The rows that are right, and what is wrong with the others. A row without an id gets its number. */
function checkedItems(rows: readonly Row[]): { items: Item[]; problems: ImportProblem[] } {
  const items: Item[] = [];
  const problems: ImportProblem[] = [];
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const id = row.id === '' ? `q${index + 1}` : row.id;
    const letter = letterOf(row.letter);
    const wrong = rowProblem({ ...row, id }, letter, seen);
    seen.add(`id ${id}`).add(`text ${row.text.toLowerCase()}`);
    if (wrong) problems.push({ at: row.at, row: row.row, ...wrong });
    else if (letter) items.push({ id, text: row.text, letter });
  }
  return { items, problems };
}

function rowProblem(
  { id, text: words, letter: given }: Row,
  letter: Letter | null,
  seen: ReadonlySet<string>,
): Pick<ImportProblem, 'why' | 'value'> | null {
  if (words === '') return { why: 'text', value: '' };
  if (words.length > BANK_LIMITS.text) return { why: 'textLong', value: '' };
  if (!letter) return { why: 'letter', value: given.slice(0, 40) };
  if (!ITEM_ID.test(id)) return { why: 'id', value: id.slice(0, 60) };
  if (seen.has(`id ${id}`)) return { why: 'twice', value: id };
  return seen.has(`text ${words.toLowerCase()}`) ? { why: 'twice', value: words } : null;
}

const FORMAL: Readonly<Record<string, Letter>> = {
  realistic: 'R',
  investigative: 'I',
  artistic: 'A',
  social: 'S',
  enterprising: 'E',
  conventional: 'C',
};

/** `R`, `r` or `Realistic`. */
function letterOf(given: string): Letter | null {
  const wanted = given.trim();
  return LETTERS.find((letter) => letter === wanted.toUpperCase()) ?? FORMAL[wanted.toLowerCase()] ?? null;
}

function headProblems({ name, language, scale, attribution }: Omit<ItemBank, 'id'>): ImportProblem[] {
  const fits = (words: string, most: number): boolean => words.length > 0 && words.length <= most;
  const scaleFits =
    scale.length >= 2 &&
    scale.length <= BANK_LIMITS.scale &&
    new Set(scale).size === scale.length &&
    scale.every((word) => fits(word, 60));
  return [
    ...(fits(name, BANK_LIMITS.name) ? [] : [inFile('name')]),
    ...(isLanguage(language) ? [] : [inFile('language', language.slice(0, 40))]),
    ...(scaleFits ? [] : [inFile('scale')]),
    ...(fits(attribution, BANK_LIMITS.attribution) ? [] : [inFile('attribution')]),
  ];
}

function isLanguage(tag: string): boolean {
  try {
    return tag !== '' && Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

function countProblems(items: readonly Item[]): ImportProblem[] {
  const few = LETTERS.filter(
    (letter) => items.filter((item) => item.letter === letter).length < BANK_LIMITS.perLetter,
  );
  return [
    ...(few.length > 0 ? [inFile('few', few.join(', '))] : []),
    ...(items.length > BANK_LIMITS.items ? [inFile('many')] : []),
  ];
}

function inFile(why: ProblemKey, value = ''): ImportProblem {
  return { at: 'file', row: 0, why, value };
}

/** How the questions compare with those of the same name, by id. */
export interface BankDiff {
  added: number;
  changed: number;
  unchanged: number;
  gone: number;
  /** Nothing at all differs, name and words included. */
  same: boolean;
}

export function diffOf(before: Omit<ItemBank, 'id'> | null, after: Omit<ItemBank, 'id'>): BankDiff {
  const old = new Map(before?.items.map((item) => [item.id, item]));
  const kept = after.items.filter(({ id }) => old.has(id));
  const unchanged = kept.filter((item) => isSameItem(old.get(item.id), item)).length;
  const gone = old.size - kept.length;
  const added = after.items.length - kept.length;
  const same =
    before !== null && gone === 0 && added === 0 && unchanged === kept.length && isSameHead(before, after);
  return { added, changed: kept.length - unchanged, unchanged, gone, same };
}

function isSameItem(before: Item | undefined, after: Item): boolean {
  return before?.text === after.text && before.letter === after.letter;
}

function isSameHead(before: Omit<ItemBank, 'id'>, after: Omit<ItemBank, 'id'>): boolean {
  const head = ({ name, language, scale, attribution, items }: Omit<ItemBank, 'id'>): string =>
    JSON.stringify([name, language, scale, attribution, items.map(({ id }) => id)]);
  return head(before) === head(after);
}
