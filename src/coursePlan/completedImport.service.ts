import { cellsOf } from '../imports/cells.ts';
import type {
  CheckedRow,
  GoodRow,
  ImportPlace,
  ImportTarget,
  SourceRow,
  UndoRecord,
} from '../imports/target.ts';
import { catalogueFor } from '../pathways/catalogue.service.ts';
import { codeKey, findIn, TERMS, type Catalogue, type CatalogueCourse } from '../pathways/catalogue.ts';
import { isMark } from '../pathways/mark.ts';
import type { Person } from '../people/person.ts';
import { findPeopleBySisId } from '../people/person.service.ts';
import { findPlan } from '../plans/plan.service.ts';
import { say } from '../plans/say.ts';
import { changeCourses } from './change.service.ts';
import { findCoursePlan } from './coursePlan.store.ts';
import { LIMITS, type CoursePlan, type Entry } from './coursePlan.ts';
import { completedEntry, type CompletedForm } from './staff.service.ts';

/** Completed courses of many students, by SIS id: a transcript list of the school's own or of its SIS. */
export const completedImport: ImportTarget = {
  name: 'completed',
  title: 'completed.import.title',
  lede: 'completed.import.lede',
  columns: [
    {
      name: 'student',
      also: ['studentId', 'sisId', 'userSourcedId', 'studentSourcedId', 'studentNumber'],
      required: true,
      help: 'completed.import.student',
    },
    {
      name: 'code',
      also: ['courseCode', 'courseSourcedId', 'course'],
      required: true,
      help: 'completed.import.code',
    },
    {
      name: 'title',
      also: ['courseTitle', 'courseName'],
      required: false,
      help: 'completed.import.titleColumn',
    },
    { name: 'subject', required: false, help: 'completed.import.subject' },
    { name: 'credits', also: ['creditsEarned'], required: false, help: 'completed.import.credits' },
    { name: 'grade', also: ['gradeLevel'], required: true, help: 'completed.import.grade' },
    { name: 'term', required: false, help: 'completed.import.term' },
    {
      name: 'mark',
      also: ['finalGrade', 'score', 'finalMark'],
      required: false,
      help: 'completed.import.mark',
    },
  ],
  example: 'student,code,grade,term,credits,mark\nS-0001,ALG 1,9,year,1,B+\nS-0001,ART 1,9,fall,0.5,A',
  check,
  apply,
  undo,
};

interface Checked {
  student: string;
  form: CompletedForm;
  /** Id of the record that it changes, or null. */
  entry: string | null;
}

interface Known {
  people: ReadonlyMap<string, Person>;
  catalogue: Catalogue;
  bySis: ReadonlyMap<string, CatalogueCourse>;
  plans: ReadonlyMap<string, CoursePlan | null>;
}

async function check({ actor }: ImportPlace, rows: readonly SourceRow[]): Promise<CheckedRow[]> {
  const known = await knownFor(actor.institution, rows);
  const seen = new Set<string>();
  const counts = new Map<string, number>();
  return rows.map((row) => {
    const checked = checkRow(row, known, seen);
    if (checked.change !== 'added') return checked;
    const { student } = checked.data as Checked;
    const count = (counts.get(student) ?? known.plans.get(student)?.entries.length ?? 0) + 1;
    counts.set(student, count);
    const full = {
      line: row.line,
      change: 'bad',
      problems: [say('coursePlan.error.full', { limit: LIMITS.entries })],
    };
    return count > LIMITS.entries ? (full as CheckedRow) : checked;
  });
}

async function knownFor(institution: string, rows: readonly SourceRow[]): Promise<Known> {
  const ids = [...new Set(rows.map(({ values }) => (values['student'] ?? '').trim()))].filter(Boolean);
  const people = new Map((await findPeopleBySisId(institution, ids)).map((one) => [one.sisId ?? '', one]));
  const plans = new Map<string, CoursePlan | null>();
  for (const { id } of people.values()) {
    const has = await findPlan(institution, id);
    plans.set(id, has ? await findCoursePlan(institution, id) : null);
  }
  const { offered, catalogue } = await catalogueFor(institution);
  return {
    people,
    plans,
    catalogue,
    bySis: new Map(offered.flatMap((one) => (one.sisId ? [[one.sisId, one]] : []))),
  };
}

function checkRow(row: SourceRow, known: Known, seen: Set<string>): CheckedRow {
  const cells = cellsOf(row);
  const sisId = cells.need('student', 100);
  const code = cells.text('code', 100);
  const course = findIn(known.catalogue, code) ?? known.bySis.get(code) ?? null;
  const person = known.people.get(sisId);
  const plan = person ? (known.plans.get(person.id) ?? null) : null;
  const title = course?.title ?? cells.text('title', 120);
  const grade = cells.number('grade', { min: 6, max: 12 });
  const mark = cells.text('mark', 10) || null;
  const form: CompletedForm = {
    code: course?.code ?? null,
    title,
    subject: course?.subject ?? cells.text('subject', 60),
    credits: cells.number('credits', { min: 0, max: 20 }) ?? course?.credits ?? 0,
    grade: grade ?? 9,
    term: cells.choice('term', TERMS) ?? 'year',
    mark,
  };
  const { problems } = cells;
  if (sisId !== '' && !person) problems.push(say('completed.import.nobody', { id: sisId }));
  else if (sisId !== '' && !plan) problems.push(say('completed.import.noPlan', { id: sisId }));
  if (title === '') problems.push(say('completed.import.noCourse', { code }));
  if (grade === null && problems.length === 0) problems.push(say('imports.cell.empty', { column: 'grade' }));
  if (mark !== null && !isMark(mark)) problems.push(say('completed.import.badMark', { mark }));
  const key = `${sisId}/${codeKey(course?.code ?? title)}/${form.grade}/${form.term}`;
  if (seen.has(key)) problems.push(say('completed.import.twice'));
  seen.add(key);
  if (problems.length > 0 || !person || !plan)
    return { line: row.line, change: 'bad', problems: [...new Set(problems)] };
  const before = sameIn(plan.entries, form);
  const isSame = before?.mark === form.mark && before.credits === form.credits;
  const data: Checked = { student: person.id, form, entry: before?.id ?? null };
  return { line: row.line, change: before ? (isSame ? 'same' : 'changed') : 'added', what: title, data };
}

/** The record of the same course at the same time. */
function sameIn(entries: readonly Entry[], { code, title, grade, term }: CompletedForm): Entry | null {
  const found = entries.find(
    (one) =>
      one.state === 'completed' &&
      one.grade === grade &&
      one.term === term &&
      (code === null ? one.code === null && one.title === title : one.code === code),
  );
  return found ?? null;
}

/** Student by student, each in a transaction with the plan's standings. */
async function apply({ actor, importId, now }: ImportPlace, rows: readonly GoodRow[]): Promise<UndoRecord[]> {
  const byStudent = byKey(
    rows.map(({ data }) => data as Checked),
    ({ student }) => student,
  );
  const records: UndoRecord[] = [];
  for (const [student, forms] of byStudent) {
    const made: UndoRecord[] = [];
    await changeCourses(actor, student, now, (facts) => {
      made.length = 0;
      let { entries } = facts.courses;
      for (const { form, entry: id } of forms) {
        const entry = completedEntry(facts, form, { by: actor.person, importId, at: now });
        const before = entries.find((one) => one.id === id) ?? null;
        entries = before
          ? entries.map((one) => (one === before ? { ...entry, id: before.id } : one))
          : [...entries, entry];
        made.push({ student, entry: before?.id ?? entry.id, before });
      }
      return {
        courses: { entries },
        action: 'coursePlan.recordsImported',
        changes: [{ field: 'courses', from: null, to: forms.map(({ form }) => form.title).join(', ') }],
        when: 'open',
      };
    });
    records.push(...made);
  }
  return records;
}

async function undo({ actor, importId, now }: ImportPlace, records: readonly UndoRecord[]): Promise<number> {
  const byStudent = byKey(records, ({ student }) => String(student));
  let undone = 0;
  for (const [student, own] of byStudent) {
    const taken: string[] = [];
    await changeCourses(actor, student, now, ({ courses }) => {
      taken.length = 0;
      const entries = courses.entries.flatMap((entry) => {
        const record = own.find((one) => one['entry'] === entry.id);
        if (!record || entry.importId !== importId) return [entry];
        taken.push(entry.title);
        const before = record['before'] as (Omit<Entry, 'at'> & { at: string }) | null;
        return before ? [{ ...before, at: new Date(before.at) }] : [];
      });
      return taken.length === 0
        ? null
        : {
            courses: { entries },
            action: 'coursePlan.importUndone',
            changes: [{ field: 'courses', from: taken.join(', '), to: null }],
            when: 'open',
          };
    });
    undone += taken.length;
  }
  return undone;
}

function byKey<T>(all: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}
