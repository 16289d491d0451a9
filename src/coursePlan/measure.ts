/** Puts together what the audit of one student needs. Pure; `courseFacts.service.ts` loads it. */
import { auditOf, type Audit } from '../pathways/audit.ts';
import { tagsOf, type Catalogue, type CatalogueCourse, type CourseTag } from '../pathways/catalogue.ts';
import type { CourseRecord } from '../pathways/record.ts';
import type { RequirementSet } from '../pathways/requirement.ts';
import type { StandingNow } from '../plans/standing.ts';
import { MOST_CREDITS, type ChosenSet, type CoursePlan } from './coursePlan.ts';
import { standingsOf } from './standings.ts';
import { recordsOf, type LmsCourse } from './taking.ts';

/** What is known around a course plan. */
export interface Around {
  offered: readonly CatalogueCourse[];
  catalogue: Catalogue;
  lms: readonly LmsCourse[];
  /** Current sets of the school, and the versions the plan is measured by. */
  current: readonly RequirementSet[];
  versions: readonly RequirementSet[];
  /** Keys of sets that the student's goals select. */
  goalSets: readonly string[];
  grade: number | null;
  half: 'fall' | 'spring';
}

export interface Measured {
  records: CourseRecord[];
  sets: RequirementSet[];
  audit: Audit;
  tags: CourseTag[];
  standings: StandingNow[];
}

export function measure(plan: CoursePlan, around: Around): Measured {
  const { catalogue, grade } = around;
  const records = recordsOf(plan, around.lms, catalogue, around);
  const sets = setsFor(plan, around);
  const { substitutions, waivers } = plan;
  const audit = auditOf({
    courses: records,
    sets,
    catalogue,
    grade,
    mostCredits: MOST_CREDITS,
    substitutions,
    waivers,
  });
  const tags = tagsOf(around.offered);
  return { records, sets, audit, tags, standings: standingsOf({ grade, records, audit, tags, plan }) };
}

const ORDER = { graduation: 0, pathway: 1, college: 2 } as const;

/**
 * The sets a student is measured by: those chosen on the course plan in the version chosen, those that goals select,
 * and, where no graduation set is chosen, the school's first.
 */
export function setsFor(
  { sets }: Pick<CoursePlan, 'sets'>,
  { current, versions, goalSets }: Pick<Around, 'current' | 'versions' | 'goalSets'>,
): RequirementSet[] {
  const pinned = sets.flatMap(({ key, version }) => find(versions, key, version) ?? find(current, key) ?? []);
  const byGoal = goalSets.flatMap((key) => find(current, key) ?? []);
  const graduation = current.filter(({ kind }) => kind === 'graduation').slice(0, 1);
  const hasOwn = [...pinned, ...byGoal].some(({ kind }) => kind === 'graduation');
  const all = [...pinned, ...byGoal, ...(hasOwn ? [] : graduation)];
  const first = all.filter((set, nth) => all.findIndex(({ key }) => key === set.key) === nth);
  return first.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind]);
}

function find(sets: readonly RequirementSet[], key: string, version?: number): RequirementSet | undefined {
  return sets.find((set) => set.key === key && (version === undefined || set.version === version));
}

/** The sets in the versions that count today: written with each change, so that later edits do not reach the plan. */
export function pinnedSets(plan: CoursePlan, around: Around): ChosenSet[] {
  const chosen = new Set(plan.sets.map(({ key }) => key));
  const own = setsFor(plan, { ...around, goalSets: [] });
  return own
    .filter(({ key, kind }) => chosen.has(key) || kind === 'graduation')
    .map(({ key, version }) => ({ key, version }));
}
