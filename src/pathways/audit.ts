/**
 * The audit: a student's courses against requirement sets, explained line by line. Pure; the same courses and sets
 * give the same answer. What is said (`Why`, `Fix`) is data, which pages put into words.
 */
import type { Catalogue } from './catalogue.ts';
import { allocate } from './allocate.ts';
import type { Decisions } from './decision.ts';
import { lineOf, type LineAudit } from './line.ts';
import { problemsOf, type Problem } from './problems.ts';
import type { CourseRecord } from './record.ts';
import type { RequirementSet } from './requirement.ts';

export interface AuditInput extends Decisions {
  courses: readonly CourseRecord[];
  sets: readonly RequirementSet[];
  catalogue: Catalogue;
  /** Grade level now, 6–12; null: not told. */
  grade: number | null;
  /** Most credits in one school year. */
  mostCredits: number;
}

/** From worst to best. */
export const LINE_STATES = ['missing', 'planned', 'inProgress', 'met'] as const;
export type LineState = (typeof LINE_STATES)[number];

/** `notStarted`: there is no course at all. */
export type AuditState = 'notStarted' | LineState;

export interface SetAudit {
  set: RequirementSet;
  state: AuditState;
  lines: LineAudit[];
  /** In credits; lines that name courses count with the credits of those courses. */
  totals: Totals;
}

export interface Totals {
  needed: number;
  completed: number;
  current: number;
  planned: number;
  missing: number;
}

export interface Audit {
  state: AuditState;
  sets: SetAudit[];
  problems: Problem[];
}

export function auditOf(input: AuditInput): Audit {
  const sets = input.sets.map((set) => auditSet(set, input));
  const lines = sets.flatMap((one) => one.lines);
  return { state: stateOf(input.courses, lines), sets, problems: problemsOf(input) };
}

function auditSet(set: RequirementSet, input: AuditInput): SetAudit {
  const lines = allocate(set, input).map((allocation) => lineOf(set, allocation, input));
  return { set, lines, state: stateOf(input.courses, lines), totals: totalsOf(lines) };
}

/** As good as the worst line; without courses nothing was started, however empty the set. */
function stateOf(courses: readonly CourseRecord[], lines: readonly LineAudit[]): AuditState {
  if (courses.length === 0) return 'notStarted';
  return LINE_STATES.find((state) => lines.some((line) => line.state === state)) ?? 'met';
}

function totalsOf(lines: readonly LineAudit[]): Totals {
  const sum = (pick: (line: LineAudit) => number): number =>
    lines.reduce((total, line) => total + (line.shared ? 0 : pick(line)), 0);
  return {
    needed: sum(({ credits }) => credits.needed),
    completed: sum(({ credits }) => credits.completed),
    current: sum(({ credits }) => credits.current),
    planned: sum(({ credits }) => credits.planned),
    missing: sum(({ credits }) => credits.missing),
  };
}
