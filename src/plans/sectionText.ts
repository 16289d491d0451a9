import type { Goal } from '../goals/goal.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import type { ReadPart } from './planPart.ts';
import { isText, partOf, sectionsOf, type Plan, type PlanSection, type ProfileKey } from './plan.ts';
import type { PartLine } from './planPart.ts';
import type { SnapshotContent } from './snapshot.ts';
import { sameWords, wordDiff, type Piece } from './wordDiff.ts';

/** One section as an advisor reads it: each text with what changed since the last approval. */
export interface SectionText {
  section: PlanSection;
  change: 'new' | 'changed' | 'same';
  lines: { label: string; pieces: Piece[] }[];
  steps: { done: boolean; label: Piece[]; date: Piece[] }[];
}

type FrozenGoal = SnapshotContent['goals'][number];
type GoalText = Pick<Goal, keyof FrozenGoal & keyof Goal> | FrozenGoal;

/** Every section of a plan that a review can answer. @param approved null: nothing to compare with. */
export function sectionTexts(words: Words, read: Read, approved: SnapshotContent | null): SectionText[] {
  const { plan } = read;
  return sectionsIn(read).map((section) => {
    if (section.startsWith('goal:'))
      return goalText(
        words,
        section,
        goalOf(plan, section),
        frozenGoal(approved, section),
        approved !== null,
      );
    const part = partOf(section);
    if (part) return partText(section, linesNow(read, section), frozenLines(approved, section));
    if (!isText(section)) throw new Error(`The plan has no section ${section}.`);
    return profileText(words, section, plan.profile[section].text, approved?.profile[section] ?? null);
  });
}

/** A plan with what its features' parts say. */
interface Read {
  plan: Plan;
  parts: readonly ReadPart[];
}

export function sectionsIn({ plan, parts }: Read): PlanSection[] {
  return sectionsOf(
    plan,
    parts.map(({ key }) => key),
  );
}

function linesNow({ parts }: Read, section: PlanSection): readonly PartLine[] {
  return parts.find(({ key }) => section === `part:${key}`)?.lines ?? [];
}

/** @returns null when there is nothing to compare with */
function frozenLines(approved: SnapshotContent | null, section: PlanSection): FrozenLine[] | null {
  return approved && (approved.parts.find(({ key }) => section === `part:${key}`)?.lines ?? []);
}

type FrozenLine = SnapshotContent['parts'][number]['lines'][number];

/** A part line by line: what is new, what reads otherwise, and what is no longer there. */
function partText(section: PlanSection, now: readonly PartLine[], old: FrozenLine[] | null): SectionText {
  const before = new Map(old?.map(({ id, text }) => [id, text]));
  const kept = new Set(now.map(({ id }) => id));
  const lines = now.map(({ id, label, text }) => ({
    label,
    pieces: piecesOf(old && (before.get(id) ?? ''), text),
  }));
  const gone = (old ?? []).filter(({ id }) => !kept.has(id));
  const removed = gone.map(({ label, text }) => ({ label, pieces: piecesOf(text, '') }));
  const isSame =
    old === null || (gone.length === 0 && now.every(({ id, text }) => reads(before.get(id), text)));
  const change = isSame ? 'same' : old?.length === 0 ? 'new' : 'changed';
  return { section, change, lines: [...lines, ...removed], steps: [] };
}

function reads(before: string | undefined, text: string): boolean {
  return before !== undefined && sameWords(before, text);
}

/** Goals of the approved version that the plan no longer has. */
export function droppedSince(read: Read, approved: SnapshotContent | null): string[] {
  const kept = new Set<string>(sectionsIn(read));
  return (approved?.goals ?? []).filter(({ id }) => !kept.has(`goal:${id}`)).map((goal) => goal.statement);
}

function goalOf(plan: Pick<Plan, 'goals'>, section: PlanSection): Goal {
  const goal = plan.goals.find(({ id }) => section === `goal:${id}`);
  if (!goal) throw new Error(`The plan has no section ${section}.`);
  return goal;
}

function frozenGoal(approved: SnapshotContent | null, section: PlanSection): FrozenGoal | null {
  return approved?.goals.find(({ id }) => section === `goal:${id}`) ?? null;
}

function profileText({ t }: Words, section: ProfileKey, text: string, before: string | null): SectionText {
  const lines = [{ label: t('review.field.text'), pieces: piecesOf(before, text) }];
  return {
    section,
    change: before === null || sameWords(before, text) ? 'same' : 'changed',
    lines,
    steps: [],
  };
}

function goalText(
  words: Words,
  section: PlanSection,
  goal: Goal,
  before: FrozenGoal | null,
  compares: boolean,
): SectionText {
  const now = linesOf(words, goal);
  const old = before ? linesOf(words, before) : null;
  const kept = FIELDS.filter(
    (field) => now[field] !== '' || (old?.[field] ?? '') !== '' || ALWAYS.has(field),
  );
  const base = (field: Field): string | null => (compares ? (old?.[field] ?? '') : null);
  const steps = stepsOf(words, goal, before, compares);
  const isSame = FIELDS.every((field) => sameWords(old?.[field] ?? '', now[field])) && !steps.some(isMarked);
  return {
    section,
    change: !compares || (before && isSame) ? 'same' : before ? 'changed' : 'new',
    lines: kept.map((field) => ({
      label: words.t(FIELD_LABEL[field]),
      pieces: WHOLE.has(field) ? wholePieces(base(field), now[field]) : piecesOf(base(field), now[field]),
    })),
    steps,
  };
}

const FIELDS = ['statement', 'why', 'baseline', 'measure', 'target', 'by', 'strategies', 'supports'] as const;
type Field = (typeof FIELDS)[number];

/** The form asks for these; an advisor must see that they are empty. */
const ALWAYS: ReadonlySet<Field> = new Set(['statement', 'why', 'baseline', 'measure', 'by']);

/** Dates and figures are read as one: half a date tells nothing. */
const WHOLE: ReadonlySet<Field> = new Set(['target', 'by']);

const FIELD_LABEL = {
  statement: 'review.field.statement',
  why: 'review.field.why',
  baseline: 'review.field.baseline',
  measure: 'review.field.measure',
  target: 'review.field.target',
  by: 'review.field.by',
  strategies: 'review.field.strategies',
  supports: 'review.field.supports',
} as const satisfies Record<Field, MessageKey>;

function linesOf({ t, fmt }: Words, goal: GoalText): Record<Field, string> {
  const { statement, why, baseline, measure, target, by, strategies, supports } = goal;
  const helpers = supports.map(({ what, who }) => (who ? t('review.support', { what, who }) : what));
  return {
    statement,
    why,
    baseline,
    measure,
    strategies,
    target: target ? targetText({ t, fmt }, target) : '',
    by: by ? fmt.date(by) : '',
    supports: helpers.join('\n'),
  };
}

function targetText({ t }: Words, { from, to, unit }: NonNullable<Goal['target']>): string {
  const text = from === null ? t('review.targetTo', { to, unit }) : t('review.target', { from, to, unit });
  return text.trim();
}

function stepsOf(
  { fmt }: Words,
  goal: Goal,
  before: FrozenGoal | null,
  compares: boolean,
): SectionText['steps'] {
  const day = (due: string | null | undefined): string => (due ? fmt.short(due) : '');
  const old = new Map((before?.steps ?? []).map((step) => [step.id, step]));
  const now = goal.steps.map((step) => ({
    done: step.doneAt !== null,
    label: piecesOf(compares ? (old.get(step.id)?.title ?? '') : null, step.title),
    date: wholePieces(compares && old.has(step.id) ? day(old.get(step.id)?.due) : null, day(step.due)),
  }));
  const kept = new Set(goal.steps.map(({ id }) => id));
  const gone = (before?.steps ?? []).filter(({ id }) => !kept.has(id));
  return [...now, ...gone.map(({ title }) => ({ done: false, label: piecesOf(title, ''), date: [] }))];
}

function isMarked({ label, date }: SectionText['steps'][number]): boolean {
  return [...label, ...date].some(({ kind }) => kind !== 'same');
}

/** @param before null: not compared. */
function piecesOf(before: string | null, after: string): Piece[] {
  if (before !== null) return wordDiff(before, after);
  return after.trim() === '' ? [] : [{ kind: 'same', text: after.trim(), gap: '' }];
}

function wholePieces(before: string | null, after: string): Piece[] {
  if (before === null || sameWords(before, after)) return piecesOf(null, after);
  return [...piecesOf(before, ''), ...piecesOf('', after)];
}
