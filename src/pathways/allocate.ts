/**
 * Which course counts for which line of one set. Narrow lines choose first, sure courses before planned ones, and a
 * credit counts once: what a line does not need of a course is left to wider lines. A line never loses by a further
 * course (other than a repeat, which replaces), because what is left over for later lines only grows.
 */
import { codeKey, findIn, subjectKey, type Catalogue } from './catalogue.ts';
import type { Decisions } from './decision.ts';
import { isPassing, reaches } from './mark.ts';
import { endOf, startOf, STATE_RANK, type CourseRecord } from './record.ts';
import { amountOf, widthOf, type RequirementRule, type RequirementSet } from './requirement.ts';

/** So much of a course counts for a line: credits, or 1 where courses are counted. */
export interface Share {
  record: CourseRecord;
  amount: number;
  credits: number;
  /** Which of the line's codes it stands for; null where credits are counted. */
  code: string | null;
  substituted: boolean;
}

/** A course that belongs to the line and does not count. */
export interface Refusal {
  record: CourseRecord;
  why: 'failed' | 'lowMark' | 'noMark' | 'late';
}

export interface Allocation {
  rule: RequirementRule;
  shares: Share[];
  refusals: Refusal[];
  /** After waivers, in the line's own unit. */
  needed: number;
}

interface AllocateInput extends Decisions {
  courses: readonly CourseRecord[];
  catalogue: Catalogue;
  grade: number | null;
}

/** A course with what the comparisons need of it. */
interface Candidate {
  record: CourseRecord;
  code: string;
  subject: string;
  repeatable: boolean;
}

interface Pool {
  /** Credits that no line counts yet, by record id. */
  left: Map<string, number>;
  /** Counted whole by a line that counts courses, or set aside for a substitution. */
  taken: Set<string>;
  /** Codes that count already and earn credit once. */
  spent: Map<string, string>;
}

interface LineFit {
  rule: RequirementRule;
  subjects: ReadonlySet<string>;
  codes: ReadonlySet<string>;
}

/** The lines in the set's order. */
export function allocate(set: RequirementSet, input: AllocateInput): Allocation[] {
  const fits = set.rules.map(fitOf);
  const candidates = inOrder(
    input.courses.map((record) => candidateOf(record, input.catalogue)),
    fits,
  );
  const reserved = input.substitutions.filter((one) => one.set === set.key);
  const pool: Pool = {
    left: new Map(candidates.map(({ record }) => [record.id, record.credits])),
    taken: new Set(reserved.map(({ record }) => record)),
    spent: new Map(),
  };
  const byWidth = fits.toSorted((a, b) => widthOf(a.rule.need) - widthOf(b.rule.need));
  const done = new Map(byWidth.map((fit) => [fit.rule.id, choose(set, fit, candidates, pool, input)]));
  return set.rules.flatMap(({ id }) => done.get(id) ?? []);
}

function fitOf(rule: RequirementRule): LineFit {
  const subjects = rule.need.kind === 'credits' ? rule.need.subjects.map(subjectKey) : [];
  return { rule, subjects: new Set(subjects), codes: new Set(rule.need.codes.map(codeKey)) };
}

function candidateOf(record: CourseRecord, catalogue: Catalogue): Candidate {
  return {
    record,
    code: record.code === null ? '' : codeKey(record.code),
    subject: subjectKey(record.subject),
    repeatable: findIn(catalogue, record.code)?.repeatable ?? record.code === null,
  };
}

/** Sure courses first; of those, the ones that fit the fewest lines; then the earlier. */
function inOrder(candidates: readonly Candidate[], fits: readonly LineFit[]): Candidate[] {
  const lines = new Map(
    candidates.map((one) => [one.record.id, fits.filter((fit) => belongs(fit, one)).length]),
  );
  const rank = ({ record }: Candidate): number =>
    STATE_RANK[record.state] * 1_000_000 + (lines.get(record.id) ?? 0) * 1_000 + startOf(record);
  return candidates.toSorted((a, b) => rank(a) - rank(b) || (a.record.id < b.record.id ? -1 : 1));
}

function belongs({ rule, subjects, codes }: LineFit, { code, subject }: Candidate): boolean {
  if (rule.need.kind !== 'credits') return codes.has(code);
  return subjects.size + codes.size === 0 || subjects.has(subject) || codes.has(code);
}

function choose(
  set: RequirementSet,
  fit: LineFit,
  candidates: readonly Candidate[],
  pool: Pool,
  input: AllocateInput,
): Allocation {
  const { rule } = fit;
  const shares = substituted(set, rule, candidates, input);
  const needed = neededOf(set, rule, input);
  const refusals: Refusal[] = [];
  for (const candidate of candidates) {
    if (!belongs(fit, candidate)) continue;
    const why = refusalOf(rule, candidate.record, input.grade);
    if (why !== null) refusals.push({ record: candidate.record, why });
    else take(rule, candidate, shares, needed, pool);
  }
  return { rule, shares, refusals, needed };
}

function substituted(
  set: RequirementSet,
  rule: RequirementRule,
  candidates: readonly Candidate[],
  { substitutions }: Decisions,
): Share[] {
  return substitutions
    .filter((one) => one.set === set.key && one.rule === rule.id)
    .flatMap(({ record: id, forCode }) => {
      const record = candidates.find((one) => one.record.id === id)?.record;
      if (!record || (record.state === 'completed' && !isPassing(record.mark))) return [];
      const amount = rule.need.kind === 'credits' ? record.credits : 1;
      const code = rule.need.kind === 'credits' ? null : codeKey(forCode ?? record.code ?? '');
      return [{ record, amount, credits: record.credits, code, substituted: true }];
    });
}

function neededOf(set: RequirementSet, rule: RequirementRule, { waivers }: Decisions): number {
  const whole = amountOf(rule.need);
  const own = waivers.filter((one) => one.set === set.key && one.rule === rule.id);
  const off = own.reduce((sum, { amount }) => sum + (amount ?? whole), 0);
  return Math.max(0, whole - off);
}

/** Null: it counts. A deadline binds what is still planned, as long as it can be kept. */
function refusalOf(
  { minMark, byGrade }: RequirementRule,
  record: CourseRecord,
  grade: number | null,
): Refusal['why'] | null {
  if (record.state === 'completed') {
    if (!isPassing(record.mark)) return 'failed';
    if (minMark !== null && record.mark === null) return 'noMark';
    if (minMark !== null && record.mark !== null && !reaches(record.mark, minMark)) return 'lowMark';
  }
  const keepable = byGrade !== null && (grade === null || grade <= byGrade);
  const late = byGrade !== null && endOf(record) > byGrade * 2 + 1;
  return record.state === 'planned' && late && keepable ? 'late' : null;
}

function take(
  rule: RequirementRule,
  candidate: Candidate,
  shares: Share[],
  needed: number,
  pool: Pool,
): void {
  const { record, code } = candidate;
  const missing = needed - shares.reduce((sum, { amount }) => sum + amount, 0);
  if (missing <= 0 || pool.taken.has(record.id) || isRepeat(candidate, pool)) return;
  if (rule.need.kind !== 'credits') {
    if (shares.some((one) => one.code === code)) return;
    if (!rule.shared && (pool.left.get(record.id) ?? 0) < record.credits) return;
    shares.push({ record, amount: 1, credits: record.credits, code, substituted: false });
    if (!rule.shared) spend(candidate, record.credits, pool).taken.add(record.id);
    return;
  }
  const amount = Math.min(missing, rule.shared ? record.credits : (pool.left.get(record.id) ?? 0));
  if (amount <= 0) return;
  shares.push({ record, amount, credits: amount, code: null, substituted: false });
  if (!rule.shared) spend(candidate, amount, pool);
}

function isRepeat({ record, code, repeatable }: Candidate, { spent }: Pool): boolean {
  const counted = repeatable ? undefined : spent.get(code);
  return counted !== undefined && counted !== record.id;
}

function spend({ record, code }: Candidate, amount: number, pool: Pool): Pool {
  pool.left.set(record.id, (pool.left.get(record.id) ?? 0) - amount);
  pool.spent.set(code, record.id);
  return pool;
}
