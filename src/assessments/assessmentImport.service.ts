import { settingsOf } from '../institutions/settings.service.ts';
import { cellsOf } from '../imports/cells.ts';
import type {
  CheckedRow,
  GoodRow,
  ImportPlace,
  ImportTarget,
  SourceRow,
  UndoRecord,
} from '../imports/target.ts';
import type { Person } from '../people/person.ts';
import { findPeopleBySisId } from '../people/person.service.ts';
import { findPlan } from '../plans/plan.service.ts';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { dayIn } from '../shared/format.ts';
import {
  ASSESSMENT_KINDS,
  isKept,
  isSameTest,
  LIMITS,
  type Assessment,
  type AssessmentFacts,
} from './assessment.ts';
import {
  addAssessment,
  assessmentRecordsOf,
  reimportAssessment,
  restoreImported,
  removeImported,
} from './assessment.service.ts';

/** Test results of many students, by SIS id. */
export const assessmentImport: ImportTarget = {
  name: 'assessments',
  title: 'assessments.import.title',
  lede: 'assessments.import.lede',
  columns: [
    {
      name: 'student',
      also: ['studentId', 'sisId', 'userSourcedId', 'studentSourcedId', 'studentNumber'],
      required: true,
      help: 'assessments.import.student',
    },
    {
      name: 'name',
      also: ['test', 'assessment', 'testName'],
      required: true,
      help: 'assessments.import.name',
    },
    { name: 'kind', also: ['type'], required: false, help: 'assessments.import.kind' },
    { name: 'subject', required: false, help: 'assessments.import.subject' },
    { name: 'date', also: ['testDate', 'scoreDate'], required: true, help: 'assessments.import.date' },
    { name: 'score', also: ['scaleScore', 'result'], required: false, help: 'assessments.import.score' },
    {
      name: 'level',
      also: ['performanceLevel', 'proficiency'],
      required: false,
      help: 'assessments.import.level',
    },
  ],
  example:
    'student,name,kind,subject,date,score,level\nS-0001,State math test,state,Math,2026-04-14,2460,Proficient\nS-0001,Typing test,classroom,,2026-09-30,38 words,',
  check,
  apply,
  undo,
};

interface Checked {
  student: string;
  facts: AssessmentFacts;
  /** Id of the result that it changes, or null. */
  result: string | null;
}

interface Known {
  people: ReadonlyMap<string, Person>;
  /** By person; null: no plan here. */
  results: ReadonlyMap<string, Assessment[] | null>;
  today: string;
}

async function check({ actor, now }: ImportPlace, rows: readonly SourceRow[]): Promise<CheckedRow[]> {
  const known = await knownFor(actor.institution, rows, now);
  const seen: (AssessmentFacts & { student: string })[] = [];
  const counts = new Map(
    [...known.results].map(([person, all]) => [person, (all ?? []).filter(isKept).length]),
  );
  return rows.map((row) => {
    const checked = checkRow(row, known);
    if (checked.change === 'bad') return checked;
    const { student, facts } = checked.data as Checked;
    const count = (counts.get(student) ?? 0) + (checked.change === 'added' ? 1 : 0);
    counts.set(student, count);
    const twice = seen.some((one) => one.student === student && isSameTest(one, facts));
    seen.push({ ...facts, student });
    const problems = [
      ...(twice ? [say('assessments.import.twice')] : []),
      ...(count > LIMITS.results ? [say('assessments.error.full', { limit: LIMITS.results })] : []),
    ];
    return problems.length > 0 ? { line: row.line, change: 'bad', problems } : checked;
  });
}

async function knownFor(institution: string, rows: readonly SourceRow[], now: Date): Promise<Known> {
  const ids = [...new Set(rows.map(({ values }) => (values['student'] ?? '').trim()))].filter(Boolean);
  const people = new Map((await findPeopleBySisId(institution, ids)).map((one) => [one.sisId ?? '', one]));
  const results = new Map<string, Assessment[] | null>();
  for (const { id } of people.values()) {
    const has = await findPlan(institution, id);
    results.set(id, has ? await assessmentRecordsOf(institution, id) : null);
  }
  const { zone } = await settingsOf(institution);
  return { people, results, today: dayIn(now, zone) };
}

function checkRow(row: SourceRow, { people, results, today }: Known): CheckedRow {
  const cells = cellsOf(row);
  const sisId = cells.need('student', 100);
  const facts: AssessmentFacts = {
    name: cells.need('name', LIMITS.line).replaceAll(/\s+/g, ' '),
    kind: cells.choice('kind', ASSESSMENT_KINDS) ?? 'other',
    subject: cells.text('subject', LIMITS.short),
    date: cells.need('date', 20),
    score: cells.text('score', LIMITS.short),
    level: cells.text('level', LIMITS.short),
  };
  const person = people.get(sisId);
  const kept = person ? (results.get(person.id) ?? null) : null;
  const { problems } = cells;
  if (sisId !== '' && !person) problems.push(say('assessments.import.nobody', { id: sisId }));
  else if (sisId !== '' && !kept) problems.push(say('assessments.import.noPlan', { id: sisId }));
  if (facts.date !== '' && !isDay(facts.date))
    problems.push(say('assessments.import.badDate', { date: facts.date }));
  else if (facts.date > today) problems.push(say('assessments.error.future'));
  if (facts.score + facts.level === '') problems.push(say('assessments.import.noScore'));
  if (problems.length > 0 || !person || !kept)
    return { line: row.line, change: 'bad', problems: [...new Set(problems)] };
  const before = kept.find((one) => isKept(one) && one.source !== 'student' && isSameTest(one, facts));
  const data: Checked = { student: person.id, facts, result: before?.id ?? null };
  const change = !before ? 'added' : saysTheSame(before, facts) ? 'same' : 'changed';
  return { line: row.line, change, what: facts.name, data };
}

function saysTheSame(before: AssessmentFacts, { score, level, kind }: AssessmentFacts): boolean {
  return before.score === score && before.level === level && before.kind === kind;
}

async function apply({ actor, importId, now }: ImportPlace, rows: readonly GoodRow[]): Promise<UndoRecord[]> {
  const records: UndoRecord[] = [];
  for (const { data } of rows) {
    const { student, facts, result } = data as Checked;
    if (result === null) {
      const made = await addAssessment(actor, student, { ...facts, tells: '' }, now, importId);
      records.push({ student, result: made.id, before: null });
    } else {
      const before = await reimportAssessment(actor, student, result, { facts, importId }, now);
      if (before) records.push({ student, result, before });
    }
  }
  return records;
}

/** A result that a student has said something to is put away rather than lost. */
async function undo({ actor, importId, now }: ImportPlace, records: readonly UndoRecord[]): Promise<number> {
  let undone = 0;
  for (const { student, result, before } of records) {
    const place = { student: String(student), id: String(result), importId };
    const done = before
      ? await restoreImported(actor, place, before as AssessmentFacts & { importId: string | null }, now)
      : await removeImported(actor, place, now);
    if (done) undone += 1;
  }
  return undone;
}
