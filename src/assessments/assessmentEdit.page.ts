import { isLive, type Goal } from '../goals/goal.ts';
import { mayEdit } from '../plans/editing.ts';
import type { Plan } from '../plans/plan.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { savedToday } from '../shared/savedToday.ts';
import { LIMITS, mayChangeFacts, type Assessment } from './assessment.ts';
import { typedFrom, type TypedAssessment } from './assessmentForm.ts';
import {
  aboutLine,
  baselineWords,
  factFields,
  resultWords,
  sourceWords,
  type FactFields,
} from './assessmentWords.page.ts';

/** A result to enter, to change, or, where the school entered it, to say something to. */
export interface AssessmentEditPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  version: number | null;
  savedAt: string | null;
  /** What the school entered, to read. */
  facts: { label: string; value: string }[] | null;
  fields: FactFields | null;
  tells: Field;
  save: string;
  /** Null for a new result. */
  baseline: Baseline | null;
  archive: string | null;
}

interface Baseline {
  /** Where it is used already. */
  used: { label: string; href: string }[];
  words: string;
  /** Null where no goal can take it: why not. */
  form: { action: string; goal: Field } | null;
  why: string | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'assessments/edit': AssessmentEditPage;
  }
}

/** After an error: in which form, and what was typed. */
export interface AssessmentProblem {
  form: 'about' | 'baseline';
  fields: readonly FieldError[];
  typed: TypedAssessment;
}

export interface AssessmentFactsOf {
  /** Null: a new one. */
  one: Assessment | null;
  plan: Plan;
  now: Date;
}

export function assessmentEditPage(
  words: Words,
  { one, plan, now }: AssessmentFactsOf,
  problem: AssessmentProblem | null = null,
): AssessmentEditPage {
  const { t } = words;
  const about = problem?.form === 'about' ? problem : null;
  const typed = about?.typed ?? typedFrom(one);
  const problems = about?.fields ?? [];
  const title = one?.name ?? t('assessments.new.title');
  const open = one === null || mayChangeFacts(one);
  return {
    title,
    styles: 'wide',
    head: {
      title,
      eyebrow: one ? aboutLine(words, one) : null,
      lede: one ? null : t('assessments.new.lede'),
      back: { href: paths.assessments, label: t('assessments.back') },
    },
    errors: problem?.fields ?? [],
    action: one ? paths.assessment(one.id) : paths.assessments,
    version: one?.version ?? null,
    savedAt: one ? savedToday(words, one.changedAt, now) : null,
    facts: one && !open ? factsOf(words, one) : null,
    fields: open ? factFields(words, typed, problems, t('assessments.sees.family')) : null,
    tells: {
      name: 'tells',
      label: t('assessments.form.tells'),
      hint: t('assessments.form.tellsHint'),
      kind: 'textarea',
      rows: 4,
      maxLength: LIMITS.text,
      optional: one === null,
      value: typed.tells,
      error: errorOf(problems, 'tells'),
      sees: t('assessments.sees.staff'),
    },
    save: t(one ? 'assessments.form.save' : 'assessments.new.save'),
    baseline: one && baselineOf(words, one, plan, problem),
    archive: one && open ? paths.archiveAssessment(one.id) : null,
  };
}

function factsOf(words: Words, one: Assessment): { label: string; value: string }[] {
  const { t } = words;
  return [
    { label: t('assessments.fact.result'), value: resultWords(one) },
    { label: t('assessments.fact.source'), value: sourceWords(words, one) },
  ];
}

function baselineOf(words: Words, one: Assessment, plan: Plan, problem: AssessmentProblem | null): Baseline {
  const { t } = words;
  const named = plan.goals.filter(({ status }) => status !== 'dropped');
  const used = named.filter(({ id }) => one.goals.includes(id));
  const free = named.filter((goal) => isLive(goal) && !one.goals.includes(goal.id));
  const writable = mayEdit(plan, 'student');
  return {
    used: used.map((goal) => ({ label: nameOf(words, goal), href: paths.goal(goal.id) })),
    words: baselineWords(words, one),
    form:
      writable && free.length > 0
        ? {
            action: paths.useAssessment(one.id),
            goal: {
              name: 'goal',
              label: t('assessments.baseline.goal'),
              kind: 'select',
              value: free[0]?.id ?? '',
              options: free.map((goal) => ({ value: goal.id, label: nameOf(words, goal) })),
              error: problem?.form === 'baseline' ? errorOf(problem.fields, 'goal') : null,
            },
          }
        : null,
    why: !writable
      ? t('assessments.baseline.locked')
      : free.length === 0 && used.length === 0
        ? t('assessments.baseline.noGoal')
        : null,
  };
}

function nameOf({ t }: Words, goal: Goal): string {
  return goal.statement || t('goals.list.unnamed');
}
