import { findIn, GRADES, TERMS } from '../pathways/catalogue.ts';
import { mayEdit } from '../plans/editing.ts';
import { NotFound, type FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Chip, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { anyOfText, creditsText, placeWords, problemText, titlesOf } from './courseWords.page.ts';
import type { CourseFacts } from './courseFacts.ts';
import type { Placed } from './grid.ts';
import { measure, type Measured } from './measure.ts';

/** One course of the plan: what it is, what it counts for, and where it may go. */
export interface EntryPage extends PageModel {
  head: Head & { status: Chip };
  errors: readonly FieldError[];
  facts: { label: string; value: string }[];
  problems: string[];
  move: { action: string; grade: Field; term: Field } | null;
  remove: { action: string } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'coursePlan/entry': EntryPage;
  }
}

const CHIP = {
  completed: { tone: 'done', icon: 'check' },
  current: { tone: 'now', icon: 'half' },
  planned: { tone: 'quiet', icon: 'circle' },
  suggested: { tone: 'review', icon: 'bulb' },
} as const;

/** @throws NotFound for a course that is not in this plan. */
export function entryPage(
  words: Words,
  facts: CourseFacts,
  id: string,
  problems: readonly FieldError[] = [],
): EntryPage {
  const { t } = words;
  const measured = measure(facts.courses, facts.around);
  const all: Placed[] = [...measured.records, ...facts.courses.entries];
  const one = all.find((each) => each.id === id);
  if (!one) throw new NotFound(`course plan entry ${id}`);
  const open = one.state === 'planned' && mayEdit(facts.plan, 'student');
  return {
    title: one.title,
    head: {
      title: one.title,
      back: { href: paths.coursePlan, label: t('coursePlan.back') },
      status: { label: t(`coursePlan.entry.${one.state}`), ...CHIP[one.state] },
    },
    errors: problems,
    facts: factsOf(words, facts, measured, one),
    problems: measured.audit.problems.flatMap((problem) =>
      problem.kind !== 'overload' && problem.record.id === id ? [problemText(words, problem)] : [],
    ),
    move: open ? moveOf(words, facts, one, problems) : null,
    remove: open ? { action: paths.removeCourse(id) } : null,
  };
}

function factsOf(
  words: Words,
  { around }: CourseFacts,
  { audit }: Measured,
  one: Placed,
): EntryPage['facts'] {
  const { t, fmt } = words;
  const course = findIn(around.catalogue, one.code);
  const lines = audit.sets.flatMap(({ set, lines: all }) =>
    all
      .filter(({ counted }) => counted.some(({ record }) => record.id === one.id))
      .map(({ rule }) => `${set.name}: ${rule.label}`),
  );
  const first = (course?.prerequisites ?? []).map((group) =>
    anyOfText(words, titlesOf(around.catalogue, group)),
  );
  const kinds = (course?.tags ?? []).map((tag) => t(`coursePlan.tag.${tag}`));
  const rows: [Parameters<typeof t>[0], string][] = [
    ['coursePlan.entry.when', placeWords(words, one)],
    ['coursePlan.entry.credits', creditsText(words, one.credits)],
    ['coursePlan.entry.subject', one.subject],
    ['coursePlan.entry.code', one.code ?? ''],
    ['coursePlan.entry.mark', one.mark ?? ''],
    ['coursePlan.entry.offered', course ? fmt.list(course.grades.map(String)) : ''],
    ['coursePlan.entry.first', first.join('; ')],
    ['coursePlan.entry.kind', kinds.join(', ')],
    ['coursePlan.entry.counts', lines.join('; ') || t('coursePlan.entry.countsNone')],
  ];
  return rows.filter(([, value]) => value !== '').map(([key, value]) => ({ label: t(key), value }));
}

function moveOf(
  { t }: Words,
  { around }: CourseFacts,
  one: Placed,
  problems: readonly FieldError[],
): EntryPage['move'] {
  const course = findIn(around.catalogue, one.code);
  const grades = GRADES.filter((grade) => around.grade === null || grade >= around.grade);
  const terms = TERMS.filter((term) => !course || course.terms.includes(term));
  return {
    action: paths.moveCourse(one.id),
    grade: {
      name: 'grade',
      label: t('coursePlan.entry.moveGrade'),
      kind: 'select',
      compact: true,
      value: String(one.grade),
      error: errorOf(problems, 'grade'),
      options: grades.map((grade) => ({ value: String(grade), label: t('coursePlan.grade', { grade }) })),
    },
    term: {
      name: 'term',
      label: t('coursePlan.entry.moveTerm'),
      kind: 'select',
      compact: true,
      value: one.term,
      error: errorOf(problems, 'term'),
      options: terms.map((term) => ({ value: term, label: t(`coursePlan.Term.${term}`) })),
    },
  };
}
