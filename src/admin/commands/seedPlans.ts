import type { Goal, GoalKind } from '../../goals/goal.ts';
import { starter } from '../../plans/framework.ts';
import { FIRST_SETTINGS } from '../../institutions/institution.ts';
import { schoolYearOf } from '../../shared/schoolYear.ts';
import {
  emptyPart,
  emptyProfile,
  PROFILE_KEYS,
  type Plan,
  type PlanState,
  type ProfilePart,
} from '../../plans/plan.ts';
import { summaryOf } from '../../plans/progress.ts';

const DAY = 24 * 60 * 60_000;

/** Of twenty students so many are in each state, as in the middle of a school year. */
const SHARES: readonly (readonly [PlanState, number])[] = [
  ['not_started', 3],
  ['draft', 5],
  ['submitted', 4],
  ['in_review', 1],
  ['returned', 2],
  ['active', 4],
  ['amending', 1],
];
const STATES = SHARES.flatMap(([state, share]) => Array.from({ length: share }, () => state));

const TEXTS = {
  strengths: [
    'I stay calm when others get loud, and I finish what I start.',
    'I can explain math so that my little brother gets it.',
    'People ask me to fix their bikes. I like to see how things work.',
    'I remember names and faces, and I am never late.',
  ],
  improvements: [
    'I want to speak up in class before I am asked.',
    'My writing gets too long. I want to say it in fewer words.',
    'I start things late. I want to begin a week before.',
    'I want to ask for help sooner.',
  ],
  interests: [
    'Drawing, animals, and everything about the sea.',
    'Building small robots with friends on Saturdays.',
    'Cooking for many people, and music while I do it.',
    'Stories about real people, and old cars.',
  ],
} as const;

const GOALS: readonly (readonly [GoalKind, string, string])[] = [
  ['academic', 'Raise my writing grade from C to B by June', 'My draft is done two days before it is due.'],
  ['career', 'Spend one day with a vet', 'I have a list of ten things I saw.'],
  ['personal', 'Run five kilometers without a stop', 'I did it twice in one month.'],
  ['postsecondary', 'Visit two colleges near home', 'I can say what I liked about each.'],
];

/** The plan of the n-th invented student: the same each time, apart from ids and dates that follow `now`. */
export function seedPlan(
  who: { institution: string; person: string; index: number },
  now: Date,
  makeId: () => string,
): Omit<Plan, 'id'> {
  const { institution, person, index } = who;
  const state = STATES[(index * 7) % STATES.length] as PlanState;
  const blank = blankPlan(institution, person, now);
  const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
  if (state === 'not_started') return { ...blank, createdAt: ago(40) };
  const wasSent = state !== 'draft';
  const isInUse = state === 'active' || state === 'amending';
  const waits = state === 'submitted' || state === 'in_review';
  const plan = {
    ...blank,
    state,
    profile: profileOf(who, { all: wasSent, asked: state === 'returned' }, ago(9)),
    goals: wasSent || index % 2 === 0 ? [goalOf(who, isInUse, now, makeId)] : [],
    sentFrom: waits ? ('draft' as const) : null,
    submittedAt: wasSent ? ago(1 + (index % 14)) : null,
    approvedAt: isInUse ? ago(index % 5) : null,
    lastActivityAt: ago(1 + (index % 40)),
    needsAdvisorSince: waits ? ago(1 + (index % 14)) : null,
    createdAt: ago(60),
  };
  return { ...plan, summary: summaryOf(plan, starter) };
}

function blankPlan(institution: string, person: string, createdAt: Date): Omit<Plan, 'id'> {
  const empty = {
    state: 'not_started' as const,
    resumeTo: null,
    year: schoolYearOf(createdAt.toISOString().slice(0, 10), FIRST_SETTINGS.yearStarts),
    firstYear: schoolYearOf(createdAt.toISOString().slice(0, 10), FIRST_SETTINGS.yearStarts),
    grade: null,
    texts: [...PROFILE_KEYS],
    profile: emptyProfile(),
    goals: [],
    standings: [],
    askedParts: [],
    exemptions: [],
  };
  const never = { submittedAt: null, approvedAt: null, approvedBy: null, lastActivityAt: null };
  return {
    ...empty,
    ...never,
    institution,
    person,
    framework: starter.id,
    frameworkVersion: starter.version,
    migration: null,
    sentFrom: null,
    asideReason: null,
    needsAdvisorSince: null,
    version: 1,
    revision: 1,
    summary: summaryOf(empty, starter),
    createdAt,
  };
}

function profileOf(
  { person, index }: { person: string; index: number },
  { all, asked }: { all: boolean; asked: boolean },
  at: Date,
): Plan['profile'] {
  const part = (key: keyof typeof TEXTS, nth: number): ProfilePart => {
    if (!all && index % 3 < nth) return emptyPart();
    const isAsked = asked && nth === 1;
    return {
      text: TEXTS[key][(index + nth) % TEXTS[key].length] as string,
      finished: !isAsked,
      asked: isAsked,
      toConfirm: false,
      version: 1,
      changedAt: at,
      changedBy: person,
    };
  };
  return {
    ...emptyProfile(),
    strengths: part('strengths', 0),
    improvements: part('improvements', 1),
    interests: part('interests', 2),
  };
}

function goalOf(
  { person, index }: { person: string; index: number },
  agreed: boolean,
  now: Date,
  makeId: () => string,
): Goal {
  const [kind, statement, measure] = GOALS[index % GOALS.length] as (typeof GOALS)[number];
  const day = (days: number): string => new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
  return {
    id: makeId(),
    kind,
    statement,
    why: 'It matters to me and to my family.',
    baseline: 'I have not begun yet.',
    measure,
    target: null,
    by: day(90 + (index % 60)),
    strategies: 'A little every week.',
    supports: [{ what: 'Ask me on Fridays how it goes', who: 'My advisor' }],
    requirementSets: [],
    steps: [
      { id: makeId(), title: 'Make a plan for the week', due: day(7), doneAt: agreed ? now : null },
      { id: makeId(), title: 'Try it for a month', due: day(37), doneAt: null },
    ],
    checkIns: [],
    status: agreed ? 'agreed' : 'proposed',
    outcome: null,
    finished: true,
    asked: false,
    agreedRevision: agreed ? 1 : null,
    carriedFrom: null,
    replaces: null,
    proposedBy: person,
    version: 1,
    createdAt: now,
    changedAt: now,
  };
}
