import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Notice, Person, Ready } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { GoalKind } from './goal.ts';
import {
  errorsBy,
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
import { trackOf, type Track, type TrackProblem } from './goalTrack.page.ts';
import { advisorIn, askedNotice, capital, peopleOf, type GoalFacts } from './goalWords.page.ts';

/** One goal as its student writes it. */
export interface GoalEditPage extends PageModel {
  back: { href: string; label: string };
  eyebrow: string;
  savedAt: string | null;
  errors: readonly FieldError[];
  intro: string;
  notices: Notice[];
  action: string;
  version: number;
  fields: FormFields;
  steps: StepRow[];
  supports: SupportRow[];
  /** Who sees the steps and the supports. */
  sees: string;
  /** Offered where a helper is named. */
  helpers: string[];
  finished: boolean;
  note: string;
  parts: { title: string; items: Ready[] };
  people: Person[];
  track: Track;
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
  const { t, fmt } = words;
  const { goal } = facts;
  const { blank = null, typed = typedFrom(goal), problems = [], track = null } = editing;
  const advisor = advisorIn(words, facts);
  const errorOf = errorsBy(problems);
  return {
    title: t(TITLE[goal.kind]),
    back: { href: paths.plan, label: t('goals.backToPlan') },
    eyebrow: t(`goals.kind.${goal.kind}`),
    savedAt: fmt.time(goal.changedAt),
    errors: track?.fields ?? linkedProblems(problems),
    intro: track ? t('form.wordsKept') : t('goals.edit.fix', { count: problems.length }),
    notices: noticesOf(words, facts),
    action: paths.goal(goal.id),
    version: goal.version,
    fields: formFields(words, typed, facts, errorOf),
    steps: stepRows(typed, goal, blank, errorOf),
    supports: supportRows(typed, blank, errorOf),
    sees: t('goals.sees.team'),
    helpers: [t('goals.form.me'), t('goals.form.myFamily'), ...facts.advisors],
    finished: typed.finished,
    note: t('goals.form.note', { advisor: capital(advisor) }),
    parts: partsOf(words, typed, problems),
    people: peopleOf(words, facts),
    track: trackOf(words, facts, track),
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
  const { state } = facts.plan;
  const inUse: Notice[] =
    state === 'active' || state === 'review_due'
      ? [
          {
            id: 'in-use',
            tone: 'now',
            icon: 'sign',
            title: t('goals.edit.inUse'),
            text: t('goals.edit.inUseBody', { advisor }),
          },
        ]
      : [];
  const amending: Notice[] =
    state === 'amending'
      ? [
          {
            id: 'amending',
            tone: 'now',
            icon: 'sign',
            title: t('goals.edit.amending'),
            text: t('goals.edit.amendingBody', { advisor }),
            actions: [{ label: t('goals.edit.send'), href: paths.submitPlan }],
          },
        ]
      : [];
  return [...(asked ? [asked] : []), ...inUse, ...amending];
}
