import { isInUse } from '../plans/planChange.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Notice, Person, Ready } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { savedToday } from '../shared/savedToday.ts';
import type { GoalKind } from './goal.ts';
import {
  formFields,
  linkedProblems,
  partsOf,
  stepRows,
  supportRows,
  type FormFields,
  type StepRow,
  type SupportRow,
} from './goalForm.page.ts';
import { typedFrom, type RowList, type TypedGoal } from './goalPost.ts';
import { kinOf, type Kin } from './goalKin.page.ts';
import { servingLines, type ServingLine } from './goalServing.page.ts';
import { trackOf, type Track } from './goalTrack.page.ts';
import type { TrackProblem } from './goalTrackForms.page.ts';
import { advisorIn, askedNotice, capital, inUseNotice, peopleOf, seesOf } from './goalWords.page.ts';
import type { GoalFacts } from './goalFacts.ts';

/** One goal as its student writes it. */
export interface GoalEditPage extends PageModel {
  back: { href: string; label: string };
  eyebrow: string;
  /** Time of day of the last save, if it was today. */
  savedAt: string | null;
  errors: readonly FieldError[];
  intro: string;
  notices: Notice[];
  action: string;
  version: number;
  fields: FormFields;
  steps: StepRow[];
  supports: SupportRow[];
  /** Who sees the steps and the supports, and who the target. */
  sees: { all: string; advisor: string };
  /** Offered where a helper is named. */
  helpers: string[];
  finished: boolean;
  note: string;
  parts: { title: string; items: Ready[] };
  people: Person[];
  track: Track;
  kin: Kin[];
  serving: ServingLine[];
  /** Where a test result is chosen as the starting point. */
  results: { href: string; label: string };
}

declare module '../shared/page.ts' {
  interface Pages {
    'goals/edit': GoalEditPage;
  }
}

/** What the form shows beside what is stored. */
export interface GoalEditing {
  /** A row was asked for. */
  blank?: RowList | null;
  /** After an error: what was typed, and what is wrong with it. */
  typed?: TypedGoal;
  problems?: readonly FieldError[];
  /** After an error in one of the forms below it. */
  track?: TrackProblem | null;
}

export function goalEditPage(words: Words, facts: GoalFacts, editing: GoalEditing = {}): GoalEditPage {
  const { t } = words;
  const { goal } = facts;
  const { blank = null, typed = typedFrom(goal), problems = [], track = null } = editing;
  const advisor = advisorIn(words, facts);
  return {
    title: t(TITLE[goal.kind]),
    back: { href: paths.plan, label: t('goals.backToPlan') },
    eyebrow: t(`goals.kind.${goal.kind}`),
    savedAt: savedToday(words, goal.changedAt, facts.now),
    errors: track?.fields ?? linkedProblems(problems),
    intro: track ? t('form.wordsKept') : t('goals.edit.fix', { count: problems.length }),
    notices: noticesOf(words, facts),
    action: paths.goal(goal.id),
    version: goal.version,
    fields: formFields(words, typed, facts, problems),
    steps: stepRows(typed, goal, blank, problems),
    supports: supportRows(typed, blank, problems),
    sees: seesOf(words, facts),
    helpers: [t('goals.form.me'), t('goals.form.myFamily'), ...facts.advisors],
    finished: typed.finished,
    note: t('goals.form.note', { advisor: capital(advisor) }),
    parts: partsOf(words, typed, problems),
    people: peopleOf(words, facts),
    track: trackOf(words, facts, track),
    kin: kinOf(words, facts.plan.goals, goal),
    serving: servingLines(words, facts.serving),
    results: { href: paths.assessments, label: t('goals.form.results') },
  };
}

const TITLE = {
  academic: 'goals.edit.academic',
  career: 'goals.edit.career',
  personal: 'goals.edit.personal',
  postsecondary: 'goals.edit.postsecondary',
} as const satisfies Record<GoalKind, string>;

/** What was asked for, and what a change means in a plan that is in use: said before it is made. */
function noticesOf(words: Words, facts: GoalFacts): Notice[] {
  const { t } = words;
  const asked = askedNotice(words, facts, '#statement');
  const advisor = advisorIn(words, facts);
  const inUse = inUseNotice(words, t('goals.edit.inUseBody', { advisor }));
  const amending: Notice = {
    id: 'amending',
    tone: 'now',
    icon: 'sign',
    title: t('goals.edit.amending'),
    text: t('goals.edit.amendingBody', { advisor }),
    actions: [{ label: t('goals.edit.send'), href: paths.submitPlan }],
  };
  return [
    ...(asked ? [asked] : []),
    ...(isInUse(facts.plan) ? [inUse] : []),
    ...(facts.plan.state === 'amending' ? [amending] : []),
  ];
}
