import { cellsOf, type Cells } from '../imports/cells.ts';
import type {
  CheckedRow,
  GoodRow,
  ImportPlace,
  ImportTarget,
  SourceRow,
  UndoRecord,
} from '../imports/target.ts';
import { changesBetween } from '../audit/event.ts';
import { say } from '../plans/say.ts';
import { newId } from '../shared/model.ts';
import {
  findOffered,
  listOffered,
  removeCourse,
  writeCourses,
  type CourseForm,
} from './catalogue.service.ts';
import {
  CATALOGUE_LIMITS,
  COURSE_TAGS,
  codeKey,
  TERMS,
  type CatalogueCourse,
  type CourseTag,
  type Term,
} from './catalogue.ts';

const FORM_FIELDS = [
  ...(['code', 'sisId', 'title', 'subject', 'credits', 'grades', 'terms', 'prerequisites'] as const),
  ...(['tags', 'repeatable', 'active'] as const),
];

/** The catalogue from a list of the school's own, or OneRoster's `courses.csv`. */
export const catalogueImport: ImportTarget = {
  name: 'catalogue',
  title: 'catalogue.import.title',
  lede: 'catalogue.import.lede',
  columns: [
    { name: 'code', also: ['courseCode', 'number'], required: true, help: 'catalogue.import.code' },
    { name: 'title', also: ['name'], required: true, help: 'catalogue.import.titleColumn' },
    { name: 'subject', also: ['subjects', 'department'], required: false, help: 'catalogue.import.subject' },
    { name: 'credits', also: ['credit'], required: false, help: 'catalogue.import.credits' },
    { name: 'grades', also: ['grade'], required: false, help: 'catalogue.import.grades' },
    { name: 'terms', also: ['term'], required: false, help: 'catalogue.import.terms' },
    { name: 'prerequisites', also: ['prereqs'], required: false, help: 'catalogue.import.prerequisites' },
    { name: 'tags', required: false, help: 'catalogue.import.tags' },
    { name: 'repeatable', required: false, help: 'catalogue.import.repeatable' },
    { name: 'active', required: false, help: 'catalogue.import.active' },
    { name: 'sisId', also: ['sourcedId'], required: false, help: 'catalogue.import.sisId' },
    { name: 'status', required: false, help: 'catalogue.import.status' },
  ],
  example:
    'code,title,subject,credits,grades,terms,prerequisites,tags\n' +
    'ALG 2,Algebra II,Math,1,9;10;11;12,year,ALG 1|GEO,\n' +
    'ART 1,Art I,Arts,0.5,9;10;11;12,fall;spring,,arts',
  check,
  apply,
  undo,
};

async function check({ actor }: ImportPlace, rows: readonly SourceRow[]): Promise<CheckedRow[]> {
  const known = new Map((await listOffered(actor.institution)).map((one) => [codeKey(one.code), one]));
  const seen = new Set<string>();
  const checked = rows.map((row) => checkRow(row, known, seen));
  const added = checked.filter(({ change }) => change === 'added').length;
  if (known.size + added <= CATALOGUE_LIMITS.courses) return checked;
  const message = say('catalogue.error.full', { limit: CATALOGUE_LIMITS.courses });
  return checked.map((row) =>
    row.change === 'added' ? { line: row.line, change: 'bad' as const, problems: [message] } : row,
  );
}

function checkRow(
  row: SourceRow,
  known: ReadonlyMap<string, CatalogueCourse>,
  seen: Set<string>,
): CheckedRow {
  const cells = cellsOf(row);
  const key = codeKey(cells.text('code', CATALOGUE_LIMITS.code));
  const before = known.get(key) ?? null;
  const form = formOf(cells, row, before);
  if (key === '') cells.problems.push(say('imports.cell.empty', { column: 'code' }));
  else if (seen.has(key)) cells.problems.push(say('catalogue.import.twice', { code: form.code }));
  seen.add(key);
  if (cells.problems.length > 0)
    return { line: row.line, change: 'bad', problems: [...new Set(cells.problems)] };
  const isSame = before !== null && changesBetween<CourseForm>(before, form, FORM_FIELDS).length === 0;
  const change = before === null ? 'added' : isSame ? 'same' : 'changed';
  return {
    line: row.line,
    change,
    what: `${form.code} ${form.title}`,
    data: { id: before?.id ?? null, form },
  };
}

/** Columns that are not in the file keep what is stored. */
function formOf(cells: Cells, { values }: SourceRow, before: CatalogueCourse | null): CourseForm {
  const has = (name: string): boolean => name in values;
  const subject = cells.text('subject', 200).split(/[;,]/)[0]?.trim() ?? '';
  const gone = (values['status'] ?? '').trim().toLowerCase() === 'tobedeleted';
  return {
    code: before?.code ?? cells.text('code', CATALOGUE_LIMITS.code),
    title: cells.need('title', CATALOGUE_LIMITS.title),
    subject: has('subject') ? subject.slice(0, CATALOGUE_LIMITS.subject) : (before?.subject ?? ''),
    credits: cells.number('credits', { min: 0, max: CATALOGUE_LIMITS.credits }) ?? before?.credits ?? 1,
    grades: has('grades') ? gradesOf(cells) : (before?.grades ?? []),
    terms: has('terms') ? termsOf(cells) : (before?.terms ?? ['year']),
    prerequisites: has('prerequisites')
      ? groupsOf(values['prerequisites'] ?? '')
      : (before?.prerequisites ?? []),
    tags: has('tags') ? tagsOf(cells) : (before?.tags ?? []),
    repeatable: cells.yes('repeatable') ?? before?.repeatable ?? false,
    active: gone ? false : (cells.yes('active') ?? before?.active ?? true),
    sisId: cells.text('sisId', 100) || (before?.sisId ?? null),
  };
}

/** "9;10", "09,10" or "9-12"; grades outside 6–12 do not concern a plan and are left out. */
function gradesOf(cells: Cells): number[] {
  const all = cells.list('grades').flatMap((text) => {
    const [, from = '', to = ''] = /^(\d{1,2})(?:\s*[-–]\s*(\d{1,2}))?$/.exec(text) ?? [];
    const first = Number(from);
    const last = to === '' ? first : Number(to);
    if (from === '' && !/^[A-Z]{1,3}$/i.test(text))
      cells.problems.push(say('catalogue.import.badGrade', { value: text }));
    return from === '' ? [] : Array.from({ length: Math.max(0, last - first + 1) }, (_, nth) => first + nth);
  });
  return [...new Set(all)].filter((grade) => grade >= 6 && grade <= 12).toSorted((a, b) => a - b);
}

function termsOf(cells: Cells): Term[] {
  const wanted = cells.list('terms').map((text) => text.toLowerCase());
  const unknown = wanted.filter((text) => !(TERMS as readonly string[]).includes(text));
  if (unknown.length > 0)
    cells.problems.push(
      say('imports.cell.choice', { column: 'terms', value: unknown.join(', '), words: TERMS.join(', ') }),
    );
  const found = TERMS.filter((term) => wanted.includes(term));
  return found.length > 0 ? found : ['year'];
}

function tagsOf(cells: Cells): CourseTag[] {
  const wanted = cells.list('tags').map((text) => text.toLowerCase());
  const names = COURSE_TAGS.map((tag) => tag.toLowerCase());
  const unknown = wanted.filter((text) => !names.includes(text));
  if (unknown.length > 0)
    cells.problems.push(
      say('imports.cell.choice', {
        column: 'tags',
        value: unknown.join(', '),
        words: COURSE_TAGS.join(', '),
      }),
    );
  return COURSE_TAGS.filter((tag) => wanted.includes(tag.toLowerCase()));
}

/** "ALG 1|GEO; CHEM": Algebra or Geometry, and Chemistry. */
export function groupsOf(text: string): string[][] {
  return text
    .split(/[;\n]/)
    .map((group) =>
      group
        .split('|')
        .map((code) => code.trim())
        .filter(Boolean),
    )
    .filter((group) => group.length > 0);
}

interface Checked {
  id: string | null;
  form: CourseForm;
}

async function apply({ actor, importId, now }: ImportPlace, rows: readonly GoodRow[]): Promise<UndoRecord[]> {
  const before = new Map((await listOffered(actor.institution)).map((one) => [one.id, one]));
  const courses = rows.map(({ data }): CatalogueCourse => {
    const { id, form } = data as Checked;
    return { ...form, id: id ?? newId(), institution: actor.institution, importId, changedAt: now };
  });
  await writeCourses(courses);
  return courses.map(({ id }) => ({ id, before: before.get(id) ?? null }));
}

/** A course that was changed since is no longer this import's and stays. */
async function undo({ actor, importId }: ImportPlace, records: readonly UndoRecord[]): Promise<number> {
  const { institution } = actor;
  let undone = 0;
  for (const { id, before } of records) {
    const course = await findOffered(institution, String(id));
    if (course?.importId !== importId) continue;
    const stored = before as (Omit<CatalogueCourse, 'changedAt'> & { changedAt: string }) | null;
    if (stored) await writeCourses([{ ...stored, institution, changedAt: new Date(stored.changedAt) }]);
    else await removeCourse(institution, course.id);
    undone += 1;
  }
  return undone;
}
