import type { Allocation, Refusal, Share } from './allocate.ts';
import type { AuditInput, LineState, Totals } from './audit.ts';
import { codeKey, findIn, type Catalogue } from './catalogue.ts';
import type { RecordState } from './record.ts';
import { amountOf, type Need, type RequirementRule, type RequirementSet } from './requirement.ts';

/** One line of a set, measured. */
export interface LineAudit {
  rule: RequirementRule;
  state: LineState;
  unit: 'credits' | 'courses';
  /** In the line's unit, waivers taken off. */
  needed: number;
  completed: number;
  current: number;
  planned: number;
  missing: number;
  /** The same in credits, for the set's sum. */
  credits: Totals;
  shared: boolean;
  counted: Share[];
  why: Why[];
  fix: Fix | null;
}

/** Why a line stands as it does; a page puts it into words. */
export type Why =
  | { kind: 'short'; amount: number; unit: 'credits' | 'courses' }
  | { kind: 'without'; codes: string[] }
  | { kind: 'refused'; refusal: Refusal }
  | { kind: 'substituted'; share: Share; reason: string }
  | { kind: 'waived'; amount: number; reason: string };

/** What would fix it. */
export type Fix =
  | { kind: 'add'; rule: string; amount: number; unit: 'credits' | 'courses'; codes: string[] }
  | { kind: 'move'; record: string; grade: number }
  | { kind: 'askMark'; record: string };

export function lineOf(set: RequirementSet, allocation: Allocation, input: AuditInput): LineAudit {
  const { rule, shares, needed } = allocation;
  const unit = rule.need.kind === 'credits' ? 'credits' : 'courses';
  const sums = sumsOf(shares, needed);
  const why = whyOf(set, allocation, sums.missing, input);
  return {
    rule,
    unit,
    needed,
    ...sums,
    state: stateOf(sums, needed),
    credits: creditsOf(allocation, sums.missing, input.catalogue),
    shared: rule.shared,
    counted: shares,
    why,
    fix: fixOf(allocation, sums.missing, input),
  };
}

/** Half credits add up exactly; thirds do not quite. */
const NEAR = 1e-6;

type Sums = Pick<LineAudit, 'completed' | 'current' | 'planned' | 'missing'>;

function sumsOf(shares: readonly Share[], needed: number): Sums {
  const of = (state: RecordState): number => sum(shares.filter(({ record }) => record.state === state));
  const [completed, current, planned] = [of('completed'), of('current'), of('planned')];
  const missing = needed - completed - current - planned;
  return { completed, current, planned, missing: missing > NEAR ? missing : 0 };
}

function sum(shares: readonly Share[], unit: 'amount' | 'credits' = 'amount'): number {
  return shares.reduce((total, share) => total + share[unit], 0);
}

function stateOf({ completed, current, missing }: Sums, needed: number): LineState {
  if (missing > 0) return 'missing';
  if (completed + NEAR >= needed) return 'met';
  return completed + current + NEAR >= needed ? 'inProgress' : 'planned';
}

function creditsOf({ rule, shares, needed }: Allocation, missing: number, catalogue: Catalogue): Totals {
  const of = (state: RecordState): number =>
    sum(
      shares.filter(({ record }) => record.state === state),
      'credits',
    );
  const open = rule.need.kind === 'credits' ? missing : missing * typical(rule.need, catalogue);
  const counted = of('completed') + of('current') + of('planned');
  const asked = rule.need.kind === 'credits' ? needed : counted + open;
  return {
    needed: asked,
    completed: of('completed'),
    current: of('current'),
    planned: of('planned'),
    missing: open,
  };
}

/** Credits of one course of a line that names courses: their mean. */
function typical({ codes }: Need, catalogue: Catalogue): number {
  const known = codes.flatMap((code) => findIn(catalogue, code)?.credits ?? []);
  return known.length === 0 ? 1 : known.reduce((a, b) => a + b, 0) / known.length;
}

function whyOf(
  set: RequirementSet,
  { rule, shares, refusals }: Allocation,
  missing: number,
  { substitutions, waivers }: AuditInput,
): Why[] {
  const own = ({ set: key, rule: id }: { set: string; rule: string }): boolean =>
    key === set.key && id === rule.id;
  const swaps = substitutions.filter(own).flatMap(({ record, reason }): Why[] => {
    const share = shares.find((one) => one.substituted && one.record.id === record);
    return share ? [{ kind: 'substituted', share, reason }] : [];
  });
  const waived = waivers
    .filter(own)
    .map(({ amount, reason }): Why => ({ kind: 'waived', amount: amount ?? amountOf(rule.need), reason }));
  return [...openOf(rule.need, shares, refusals, missing), ...swaps, ...waived];
}

function openOf(need: Need, shares: readonly Share[], refusals: readonly Refusal[], missing: number): Why[] {
  if (missing === 0) return [];
  const refused = refusals.map((refusal): Why => ({ kind: 'refused', refusal }));
  if (need.kind === 'courses') return [{ kind: 'without', codes: openCodes(need, shares) }, ...refused];
  return [
    { kind: 'short', amount: missing, unit: need.kind === 'credits' ? 'credits' : 'courses' },
    ...refused,
  ];
}

/** The line's courses that nothing counts for yet. */
function openCodes(need: Need, shares: readonly Share[]): string[] {
  const has = new Set(shares.map(({ code }) => code));
  return need.codes.filter((code) => !has.has(codeKey(code)));
}

function fixOf({ rule, shares, refusals }: Allocation, missing: number, input: AuditInput): Fix | null {
  if (missing === 0) return null;
  const late = refusals.find(({ why }) => why === 'late');
  if (late && rule.byGrade !== null && (input.grade ?? 0) <= rule.byGrade)
    return { kind: 'move', record: late.record.id, grade: rule.byGrade };
  const unmarked = refusals.find(({ why }) => why === 'noMark');
  if (unmarked) return { kind: 'askMark', record: unmarked.record.id };
  const unit = rule.need.kind === 'credits' ? 'credits' : 'courses';
  return { kind: 'add', rule: rule.id, amount: missing, unit, codes: openCodes(rule.need, shares) };
}
