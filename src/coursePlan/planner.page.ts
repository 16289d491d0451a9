import { findIn, GRADES, isOfferedIn } from '../pathways/catalogue.ts';
import type { Problem } from '../pathways/problems.ts';
import type { Words } from '../shared/page.ts';
import type { Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { nameOfYear } from '../shared/schoolYear.ts';
import type { Plan } from '../plans/plan.ts';
import { amountText, cardProblem, creditsText, ofText, placeWords, termText } from './courseWords.page.ts';
import type { CoursePlan, Entry } from './coursePlan.ts';
import { addHref } from './fixes.page.ts';
import { gridOf, halvesOf, type GridRow, type Placed } from './grid.ts';
import type { Around, Measured } from './measure.ts';

/** The grid as the template prints it: one section a grade, one list item a row. */
export interface Planner {
  /** How many rows and grades: the style sheet places them. */
  rows: number;
  columns: number;
  needs: {
    title: string;
    sub: string;
    items: { label: string; of: string; tone: 'done' | 'warn' | 'quiet' }[];
  };
  grades: GradeColumn[];
  jump: { href: string; label: string }[];
}

interface GradeColumn {
  id: string;
  title: string;
  now: boolean;
  sub: string;
  cells: { label: string; slots: Slot[] }[];
}

/** A card, a place to add one, or nothing. */
export type Slot =
  | ({ kind: 'card' } & Card)
  | { kind: 'add'; wide: boolean; half: 'fall' | 'spring' | null; need: boolean; href: string; more: string }
  | { kind: 'gap'; half: 'fall' | 'spring' };

interface Card {
  state: 'done' | 'now' | 'warn' | 'plan' | 'idea';
  icon: string | null;
  wide: boolean;
  half: 'fall' | 'spring' | null;
  href: string | null;
  title: string;
  more: string;
  sub: string;
}

export type View = 'middle' | 'high';

export interface PlannerFacts {
  plan: Pick<Plan, 'year' | 'grade'>;
  courses: Pick<CoursePlan, 'entries'>;
  around: Around;
  measured: Measured;
  view: View;
  /** The student's own page, and the plan may be edited. */
  writable: boolean;
  /** Cards lead to the course: on the student's own page. */
  links: boolean;
  names: ReadonlyMap<string, string>;
}

export function viewOf(grade: number | null, asked: View | null): View {
  return asked ?? (grade !== null && grade <= 8 ? 'middle' : 'high');
}

export function viewsOf({ t }: Words, href: string, view: View): Segment[] {
  return (['middle', 'high'] as const).map((one) => ({
    label: t(`coursePlan.view.${one}`),
    href: `${href}?view=${one}`,
    current: one === view,
  }));
}

export function plannerOf(words: Words, facts: PlannerFacts): Planner {
  const { t } = words;
  const suggested = facts.courses.entries.filter(({ state }) => state === 'suggested');
  const rows = gridOf(facts.measured, suggested);
  const grades = GRADES.filter((grade) => (facts.view === 'middle' ? grade < 9 : grade >= 9));
  const hasLines = rows.some(({ line }) => line !== null);
  return {
    rows: rows.length,
    columns: grades.length,
    needs: {
      title: t(hasLines ? 'coursePlan.needs' : 'coursePlan.needsPlain'),
      sub: t('coursePlan.needsSub'),
      items: rows.map((row) => needOf(words, row)),
    },
    grades: grades.map((grade) => columnOf(words, facts, rows, grade)),
    jump: grades.map((grade) => ({ href: `#g${grade}`, label: String(grade) })),
  };
}

function needOf(words: Words, row: GridRow): Planner['needs']['items'][number] {
  const label = labelOf(words, row);
  if (!row.line) return { label, of: creditsText(words, sum(row.courses.filter(counts))), tone: 'quiet' };
  return { label, of: ofText(words, row.line), tone: row.line.state === 'missing' ? 'warn' : 'done' };
}

function labelOf({ t }: Words, { label }: GridRow): string {
  return label ?? t('coursePlan.row.other');
}

function counts(one: Placed): boolean {
  return one.state !== 'suggested';
}

function sum(courses: readonly Placed[]): number {
  return courses.reduce((total, { credits }) => total + credits, 0);
}

function columnOf(words: Words, facts: PlannerFacts, rows: readonly GridRow[], grade: number): GradeColumn {
  const { t } = words;
  const here = rows.flatMap(({ courses }) => courses.filter((one) => one.grade === grade && counts(one)));
  const now = facts.plan.grade;
  const year = now === null ? null : nameOfYear(facts.plan.year + grade - now);
  const credits = creditsText(words, sum(here));
  return {
    id: `g${grade}`,
    title: t('coursePlan.grade', { grade }),
    now: grade === now,
    sub: year === null ? credits : t('coursePlan.gradeSub', { year, credits }),
    cells: rows.map((row) => ({ label: labelOf(words, row), slots: slotsOf(words, facts, row, grade) })),
  };
}

/** Cards of one row and grade, and where one can be added: the empty halves, or the whole year. */
function slotsOf(words: Words, facts: PlannerFacts, row: GridRow, grade: number): Slot[] {
  const { year, pairs } = halvesOf(row.courses.filter((one) => one.grade === grade));
  const ahead = facts.plan.grade === null || grade >= facts.plan.grade;
  const open = facts.writable && ahead && isOffered(facts.around, row, grade);
  const need = row.line?.state === 'missing';
  const slot = (half: 'fall' | 'spring'): Slot =>
    open ? addSlot(words, row, { grade, half, need }) : { kind: 'gap', half };
  const cards = [
    ...year.map((one) => cardOf(words, facts, one)),
    ...pairs.flatMap(([fall, spring]) => [
      fall ? cardOf(words, facts, fall) : slot('fall'),
      spring ? cardOf(words, facts, spring) : slot('spring'),
    ]),
  ];
  if (!open || (cards.length > 0 && !need)) return cards;
  return cards.length > 0 ? cards : [addSlot(words, row, { grade, half: null, need })];
}

/** A line that names courses has a place only in grades where one of them is offered. */
function isOffered({ catalogue }: Around, { line }: GridRow, grade: number): boolean {
  if (!line || line.rule.need.kind === 'credits') return true;
  return line.rule.need.codes.some((code) => {
    const course = findIn(catalogue, code);
    return course !== null && course.active && isOfferedIn(course, grade);
  });
}

function addSlot(
  words: Words,
  row: GridRow,
  { grade, half, need }: { grade: number; half: 'fall' | 'spring' | null; need: boolean },
): Slot {
  const place = placeWords(words, { grade, term: half ?? 'year' });
  const line = row.line ? row.id : '';
  return {
    kind: 'add',
    wide: half === null,
    half,
    need,
    href: addHref(line, grade, half ?? undefined),
    more: words.t('coursePlan.addMore', { row: labelOf(words, row), place }),
  };
}

const ICON = { done: 'check', now: 'half', warn: 'warn', plan: null, idea: 'bulb' } as const;

function cardOf(words: Words, facts: PlannerFacts, one: Placed): Slot {
  const { t } = words;
  const problem = facts.measured.audit.problems.find(
    (each): each is Exclude<Problem, { kind: 'overload' }> =>
      each.kind !== 'overload' && each.record.id === one.id,
  );
  const state = stateOf(one, problem !== undefined);
  return {
    kind: 'card',
    state,
    icon: ICON[state],
    wide: one.term === 'year',
    half: one.term === 'year' ? null : one.term,
    href: facts.links ? paths.courseEntry(one.id) : null,
    title: one.title,
    more: t(`coursePlan.card.${state}`, { term: termText(words, one.term) }),
    sub: problem ? cardProblem(words, problem) : subOf(words, facts, one),
  };
}

function stateOf({ state }: Placed, isWrong: boolean): Card['state'] {
  if (state === 'completed') return 'done';
  if (state === 'suggested') return 'idea';
  if (isWrong) return 'warn';
  return state === 'current' ? 'now' : 'plan';
}

function subOf(words: Words, { names }: PlannerFacts, one: Placed): string {
  const { t } = words;
  if (one.state === 'suggested')
    return t('coursePlan.card.suggested', { name: names.get((one as Entry).by) ?? t('goals.advisor') });
  const credits = creditsText(words, one.credits);
  return one.mark === null ? credits : t('coursePlan.card.mark', { credits, mark: one.mark });
}

/** The bar of credits above the grid, drawn in 240 units. */
export interface CreditBar {
  heading: string;
  label: string;
  parts: { cls: 'a' | 'b' | 'c' | 'd'; x: number; width: number }[];
  key: { cls: 'a' | 'b' | 'c' | null; amount: string; label: string }[];
}

const WIDTH = 240;

export function barOf(words: Words, { records, audit }: Measured): CreditBar {
  const { t } = words;
  const set = audit.sets.find((one) => one.set.kind === 'graduation');
  const plain = {
    completed: sum(records.filter(({ state }) => state === 'completed')),
    current: sum(records.filter(({ state }) => state === 'current')),
    planned: sum(records.filter(({ state }) => state === 'planned')),
    missing: 0,
  };
  const { completed, current, planned, missing } = set?.totals ?? plain;
  const text = (amount: number): string => amountText(words, amount);
  const have = completed + current + planned;
  const amounts = {
    completed: text(completed),
    current: text(current),
    ahead: text(planned),
    missing: text(missing),
  };
  return {
    heading: set
      ? t('coursePlan.sum.planned', { planned: text(have), needed: text(have + missing) })
      : t('coursePlan.sum.plain', { planned: text(have) }),
    label: t('coursePlan.sum.bar', amounts),
    parts: partsOf([completed, current, planned], have + missing),
    key: [
      { cls: 'a', amount: amounts.completed, label: t('coursePlan.sum.completed') },
      { cls: 'b', amount: amounts.current, label: t('coursePlan.sum.current') },
      { cls: 'c', amount: amounts.ahead, label: t('coursePlan.sum.ahead') },
      ...(set ? [{ cls: null, amount: amounts.missing, label: t('coursePlan.sum.missing') }] : []),
    ],
  };
}

/** Colored parts with a thin gap after each. */
function partsOf(amounts: readonly number[], total: number): CreditBar['parts'] {
  const classes = ['a', 'b', 'c'] as const;
  const scale = total > 0 ? WIDTH / total : 0;
  let from = 0;
  return amounts.flatMap((amount, nth) => {
    const x = Math.round(from * scale * 10) / 10;
    from += amount;
    const width = Math.round(amount * scale * 10) / 10;
    if (width <= 0) return [];
    const gap = from < total ? [{ cls: 'd' as const, x: Math.max(0, x + width - 1), width: 1 }] : [];
    return [{ cls: classes[nth] ?? 'c', x, width }, ...gap];
  });
}
