import { changesBetween } from '../audit/event.ts';
import { cellsOf, type Cells } from '../imports/cells.ts';
import type {
  CheckedRow,
  GoodRow,
  ImportPlace,
  ImportTarget,
  SourceRow,
  UndoRecord,
} from '../imports/target.ts';
import { say } from '../plans/say.ts';
import { newId } from '../shared/model.ts';
import { isMark } from './mark.ts';
import { findSet, listRequirementSets, removeVersion, saveSet, type SetForm } from './requirement.service.ts';
import {
  SET_KINDS,
  SET_LIMITS,
  type Need,
  type RequirementRule,
  type RequirementSet,
} from './requirement.ts';

/** Requirement sets: one row a line, rows of one name make a set. A set that is known gets its next version. */
export const requirementImport: ImportTarget = {
  name: 'requirements',
  title: 'requirements.import.title',
  lede: 'requirements.import.lede',
  columns: [
    { name: 'set', also: ['name'], required: true, help: 'requirements.import.set' },
    { name: 'kind', required: true, help: 'requirements.import.kind' },
    { name: 'citation', also: ['source'], required: false, help: 'requirements.import.citation' },
    { name: 'line', also: ['label'], required: true, help: 'requirements.import.line' },
    { name: 'need', required: true, help: 'requirements.import.need' },
    { name: 'amount', also: ['credits', 'count'], required: false, help: 'requirements.import.amount' },
    { name: 'subjects', required: false, help: 'requirements.import.subjects' },
    { name: 'courses', also: ['codes'], required: false, help: 'requirements.import.courses' },
    { name: 'minMark', also: ['minimumGrade'], required: false, help: 'requirements.import.minMark' },
    { name: 'byGrade', required: false, help: 'requirements.import.byGrade' },
    { name: 'shared', required: false, help: 'requirements.import.shared' },
  ],
  example:
    'set,kind,citation,line,need,amount,subjects,courses,minMark,byGrade\n' +
    'Our diploma,graduation,Board policy 12,Math,credits,3,Math,,,\n' +
    'Our diploma,graduation,Board policy 12,Government,courses,,,GOV,,12',
  flatten: (record) => {
    const { rules, lines = rules, ...set } = record;
    const all: unknown[] = Array.isArray(lines) ? lines : [{}];
    return all.map((line) => ({ ...set, set: set['set'] ?? set['name'], ...(line as object) }));
  },
  check,
  apply,
  undo,
};

interface Line {
  row: SourceRow;
  name: string;
  kind: RequirementSet['kind'];
  citation: string;
  rule: RequirementRule;
}

async function check({ actor }: ImportPlace, rows: readonly SourceRow[]): Promise<CheckedRow[]> {
  const current = await listRequirementSets(actor.institution);
  const read = rows.map((row) => readLine(row));
  const lines = read.flatMap(({ line }) => line ?? []);
  const counts = new Map<string, number>();
  return read.map(({ row, line, problems }): CheckedRow => {
    if (!line) return { line: row.line, change: 'bad', problems };
    const nth = (counts.get(keyOf(line)) ?? 0) + 1;
    counts.set(keyOf(line), nth);
    if (nth > SET_LIMITS.rules)
      return {
        line: row.line,
        change: 'bad',
        problems: [say('requirements.import.tooMany', { limit: SET_LIMITS.rules })],
      };
    return goodRow(line, lines, current);
  });
}

function keyOf({ name, kind }: { name: string; kind: string }): string {
  return `${kind}/${name.toLowerCase()}`;
}

/** Each row carries its whole set, so that the first of them can write it. */
function goodRow(line: Line, lines: readonly Line[], current: readonly RequirementSet[]): GoodRow {
  const own = lines.filter((one) => keyOf(one) === keyOf(line)).slice(0, SET_LIMITS.rules);
  const before = current.find((set) => keyOf(set) === keyOf(line)) ?? null;
  const form = formOf(own, before);
  const isSame =
    before !== null &&
    changesBetween<SetForm>(before, form, ['name', 'kind', 'citation', 'rules']).length === 0;
  return {
    line: line.row.line,
    change: before === null ? 'added' : isSame ? 'same' : 'changed',
    what: `${line.name}: ${line.rule.label}`,
    data: { key: keyOf(line), before: before?.id ?? null, form },
  };
}

/** Lines keep the id of the line with the same label, so that waivers and substitutions still find them. */
function formOf(lines: readonly Line[], before: RequirementSet | null): SetForm {
  const [first] = lines as [Line, ...Line[]];
  const idOf = (label: string): string | undefined => before?.rules.find((rule) => rule.label === label)?.id;
  return {
    name: before?.name ?? first.name,
    kind: first.kind,
    citation: first.citation,
    rules: lines.map(({ rule }) => ({ ...rule, id: idOf(rule.label) ?? rule.id })),
  };
}

function readLine(row: SourceRow): { row: SourceRow; line: Line | null; problems: string[] } {
  const cells = cellsOf(row);
  const name = cells.need('set', SET_LIMITS.name);
  const kind = cells.choice('kind', SET_KINDS);
  const label = cells.need('line', SET_LIMITS.label);
  const need = needOf(cells);
  const minMark = cells.text('minMark', 10) || null;
  if (minMark !== null && !isMark(minMark)) cells.problems.push(say('coursePlan.error.mark'));
  const byGrade = cells.number('byGrade', { min: 6, max: 12 });
  const shared = cells.yes('shared') ?? false;
  const citation = cells.text('citation', SET_LIMITS.citation);
  if (kind === null && cells.problems.length === 0)
    cells.problems.push(say('imports.cell.empty', { column: 'kind' }));
  if (kind === null || need === null || cells.problems.length > 0)
    return { row, line: null, problems: [...new Set(cells.problems)] };
  const rule = { id: newId(), label, need, minMark, byGrade, shared };
  return { row, line: { row, name, kind, citation, rule }, problems: [] };
}

function needOf(cells: Cells): Need | null {
  const kind = cells.choice('need', ['credits', 'courses', 'anyOf'] as const);
  const amount = cells.number('amount', { min: 0, max: 100 });
  const codes = cells.list('courses').slice(0, SET_LIMITS.codes);
  const missing = (column: string): null => {
    cells.problems.push(say('imports.cell.empty', { column }));
    return null;
  };
  switch (kind) {
    case null:
      return cells.problems.length > 0 ? null : missing('need');
    case 'credits':
      return amount === null
        ? missing('amount')
        : { kind, credits: amount, subjects: cells.list('subjects'), codes };
    case 'courses':
      return codes.length === 0 ? missing('courses') : { kind, codes };
    case 'anyOf':
      if (codes.length === 0) return missing('courses');
      return amount === null ? missing('amount') : { kind, count: Math.min(amount, codes.length), codes };
  }
}

interface Checked {
  key: string;
  before: string | null;
  form: SetForm;
}

async function apply({ actor, importId, now }: ImportPlace, rows: readonly GoodRow[]): Promise<UndoRecord[]> {
  const bySet = new Map(rows.map(({ data }) => [(data as Checked).key, data as Checked]));
  const records: UndoRecord[] = [];
  for (const { before, form } of bySet.values()) {
    const known = before === null ? null : await findSet(actor.institution, before);
    // A set whose rows fall into two chunks was written with all of them by the first.
    if (known && known.status !== 'current') continue;
    const { id } = await saveSet(actor, before, form, now, importId);
    records.push({ id });
  }
  return records;
}

async function undo({ actor, importId }: ImportPlace, records: readonly UndoRecord[]): Promise<number> {
  let undone = 0;
  for (const { id } of records) {
    const set = await findSet(actor.institution, String(id));
    if (set?.importId !== importId || set.status !== 'current') continue;
    await removeVersion(actor.institution, set);
    undone += 1;
  }
  return undone;
}
