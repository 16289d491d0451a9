/** What the courses section of a plan is worth; each rule sentence is in `messages/en/component.ts`. */
import type { Audit } from '../pathways/audit.ts';
import { GRADES, type CourseTag } from '../pathways/catalogue.ts';
import type { CourseRecord } from '../pathways/record.ts';
import type { StandingNow } from '../plans/standing.ts';
import type { CoursePlan } from './coursePlan.ts';

export interface Worth {
  /** Grade level now; null: not told. */
  grade: number | null;
  records: readonly CourseRecord[];
  audit: Audit;
  /** The options this school has. */
  tags: readonly CourseTag[];
  plan: Pick<CoursePlan, 'options' | 'support'>;
}

export function standingsOf(worth: Worth): StandingNow[] {
  const thisYear = worth.records.filter(({ grade }) => grade === worth.grade);
  return [
    { component: 'courses.plan', credit: shareOfYears(worth), verified: false },
    { component: 'courses.gradreq', credit: shareOfLines(worth.audit), verified: true },
    { component: 'courses.options', credit: shareOfOptions(worth), verified: false },
    {
      component: 'academic.progress',
      credit: thisYear.length > 0 ? 1 : 0,
      verified: thisYear.some(({ state }) => state !== 'planned'),
    },
    { component: 'academic.support', credit: worth.plan.support ? 1 : 0, verified: true },
  ];
}

/** School years that are left with at least one course. After grade 12 the last one stays. */
function shareOfYears({ grade, records }: Worth): number {
  if (grade === null) return 0;
  const left = GRADES.filter((one) => one >= Math.min(grade, 12));
  return rounded(left.filter((one) => records.some((record) => record.grade === one)).length / left.length);
}

/** How far the lines of the graduation sets are planned, in the mean; without a course, or a set, nothing. */
function shareOfLines({ state, sets }: Audit): number {
  const lines = sets.filter(({ set }) => set.kind === 'graduation').flatMap((one) => one.lines);
  if (state === 'notStarted' || lines.length === 0) return 0;
  const shares = lines.map(({ needed, missing }) => (missing === 0 ? 1 : 1 - missing / needed));
  return rounded(shares.reduce((sum, share) => sum + share, 0) / lines.length);
}

function shareOfOptions({ tags, plan }: Worth): number {
  const answered = tags.filter((tag) => plan.options.some((one) => one.tag === tag));
  return tags.length === 0 ? 0 : rounded(answered.length / tags.length);
}

/** Two decimals, so that equal shares are equal; never up to a whole that is not there. */
function rounded(share: number): number {
  return share >= 1 ? 1 : Math.floor(share * 100) / 100;
}
