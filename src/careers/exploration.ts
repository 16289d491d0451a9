import type { StandingNow } from '../plans/standing.ts';
import { Conflict, Invalid, NotFound } from '../shared/errors.ts';
import { say } from '../plans/say.ts';
import { LIMITS, type ExploreKind } from './career.ts';

/** What one student saved, dropped and chose. One document a student, bounded by LIMITS.saved of each kind. */
export interface Exploration {
  institution: string;
  /** The student. */
  person: string;
  /** In the student's order: the first of a kind is their number one. */
  saved: SavedOption[];
  dropped: DroppedOption[];
  cluster: ChosenCluster | null;
  /** Rises with each write; a write names the version it read. */
  version: number;
}

export interface SavedOption {
  kind: ExploreKind;
  /** Id in the catalogue. */
  option: string;
  /** As it was called when it was saved: the catalogue may change. */
  title: string;
  why: string;
  /** Goal of the plan that it serves. */
  goal: string | null;
  savedAt: Date;
}

/** Let go, and kept with the reason. */
export interface DroppedOption extends SavedOption {
  droppedAt: Date;
  reason: string;
}

export interface ChosenCluster {
  cluster: string;
  title: string;
  why: string;
  at: Date;
}

export function emptyExploration(institution: string, person: string): Exploration {
  return { institution, person, saved: [], dropped: [], cluster: null, version: 0 };
}

export function savedOf({ saved }: Pick<Exploration, 'saved'>, kind: ExploreKind): SavedOption[] {
  return saved.filter((one) => one.kind === kind);
}

export interface SaveForm {
  why: string;
  goal: string | null;
}

/** Saves an option at the end of its list, or changes why it was saved. Saving what was dropped takes it back. */
export function saving(
  before: Exploration,
  what: Pick<SavedOption, 'kind' | 'option' | 'title'>,
  { why, goal }: SaveForm,
  now: Date,
): Exploration {
  const words = reasonIn('why', why, 'careers.error.why');
  const known = before.saved.find((one) => isSame(one, what));
  if (known)
    return withSaved(
      before,
      before.saved.map((one) => (one === known ? { ...one, why: words, goal } : one)),
    );
  if (savedOf(before, what.kind).length >= LIMITS.saved)
    throw new Invalid([{ field: 'why', message: say('careers.error.tooMany', { limit: LIMITS.saved }) }]);
  const dropped = before.dropped.filter((one) => !isSame(one, what));
  return { ...withSaved(before, [...before.saved, { ...what, why: words, goal, savedAt: now }]), dropped };
}

/** Moves a saved option one place up or down within its kind; at the end of the list nothing happens. */
export function moving(
  before: Exploration,
  kind: ExploreKind,
  option: string,
  to: 'up' | 'down',
): Exploration {
  const list = savedOf(before, kind);
  const at = list.findIndex((one) => one.option === option);
  if (at === -1) throw new NotFound(`${kind} ${option} is not saved`);
  const other = list[to === 'up' ? at - 1 : at + 1];
  const one = list[at];
  if (!other || !one) return before;
  const swapped = list.with(at, other).with(list.indexOf(other), one);
  return withSaved(before, [...before.saved.filter((saved) => saved.kind !== kind), ...swapped]);
}

/** Lets a saved option go; it stays on record with the reason. */
export function dropping(
  before: Exploration,
  kind: ExploreKind,
  option: string,
  reason: string,
  now: Date,
): Exploration {
  const words = reasonIn('reason', reason, 'careers.error.reason');
  const saved = before.saved.find((one) => isSame(one, { kind, option }));
  if (!saved) throw new Conflict(say('careers.error.notSaved'), `drop of unsaved ${option}`);
  const older = before.dropped.filter((one) => !isSame(one, saved));
  const dropped = [{ ...saved, droppedAt: now, reason: words }, ...older].slice(0, LIMITS.saved * 2);
  return {
    ...withSaved(
      before,
      before.saved.filter((one) => one !== saved),
    ),
    dropped,
  };
}

/** Chooses the cluster that the student is heading for. */
export function choosing(
  before: Exploration,
  cluster: { id: string; title: string },
  why: string,
  now: Date,
): Exploration {
  const words = why.trim();
  refuseLong('why', words);
  return { ...before, cluster: { cluster: cluster.id, title: cluster.title, why: words, at: now } };
}

/** How many careers "Careers I looked into" asks for, each with a reason. */
export const ENOUGH = 3;

/** What the two components of this feature are worth: three careers each with why; a cluster. */
export function careerStandings(exploration: Pick<Exploration, 'saved' | 'cluster'>): StandingNow[] {
  const count = savedOf(exploration, 'career').filter(({ why }) => why !== '').length;
  return [
    { component: 'career.explore', credit: Math.min(count / ENOUGH, 1), verified: false },
    { component: 'career.cluster', credit: exploration.cluster ? 1 : 0, verified: false },
  ];
}

function isSame(a: Pick<SavedOption, 'kind' | 'option'>, b: Pick<SavedOption, 'kind' | 'option'>): boolean {
  return a.kind === b.kind && a.option === b.option;
}

function withSaved(before: Exploration, saved: SavedOption[]): Exploration {
  return { ...before, saved };
}

function reasonIn(
  field: string,
  text: string,
  missing: 'careers.error.why' | 'careers.error.reason',
): string {
  const words = text.trim();
  if (words === '') throw new Invalid([{ field, message: say(missing) }]);
  refuseLong(field, words);
  return words;
}

function refuseLong(field: string, words: string): void {
  if (words.length > LIMITS.why)
    throw new Invalid([{ field, message: say('careers.error.tooLong', { limit: LIMITS.why }) }]);
}
