import { lockedIn } from '../careers/exploreWords.page.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Field, Head, Notice, Todo } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { inOrder, LIMITS, optionOf, type AfterKind } from './after.ts';
import type { AfterFacts } from './afterList.page.ts';
import { stepTicks } from './afterWords.page.ts';

/** One way after school: what and why, its steps, letting it go. */
export interface AfterOptionPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  locked: Notice | null;
  about: string;
  wasDropped: string | null;
  /** Null while the plan cannot be changed. */
  form: { action: string; what: Field; why: Field; label: string } | null;
  said: { what: string; why: string } | null;
  steps: {
    none: string | null;
    ticks: Todo[];
    add: { action: string; title: Field; due: Field } | null;
    remove: { id: string; title: string; action: string }[];
  };
  drop: { action: string; reason: Field; open: boolean } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'after/option': AfterOptionPage;
  }
}

/** After an error: which form, what is wrong, and what was typed. */
export interface OptionProblem {
  form: 'about' | 'step' | 'drop';
  fields: readonly FieldError[];
  typed: { what: string; why: string; title: string; due: string; reason: string };
}

export function afterOptionPage(
  words: Words,
  kind: AfterKind,
  facts: AfterFacts,
  problem: OptionProblem | null = null,
): AfterOptionPage {
  const { t, fmt } = words;
  const { after } = facts;
  const notice = lockedIn(words, facts.plan);
  const option = optionOf(after, kind);
  const earlier = after.dropped.find((one) => one.kind === kind);
  const rank = after.options.findIndex((one) => one.kind === kind) + 1;
  const title = t(`after.kind.${kind}`);
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t(`after.about.${kind}`),
      eyebrow: option ? t('after.option.rank', { rank, count: after.options.length }) : null,
      back: { href: paths.after, label: t('after.back.options') },
    },
    errors: problem?.fields ?? [],
    locked: notice && { ...notice, title: t('after.locked') },
    about: t(`after.about.${kind}`),
    wasDropped: earlier
      ? t('after.droppedWhy', { day: fmt.date(earlier.droppedAt), reason: earlier.reason })
      : null,
    form: notice ? null : formOf(words, kind, facts, problem),
    said: notice && option ? { what: option.what, why: option.why } : null,
    steps: stepsOf(words, kind, facts, problem, notice !== null),
    drop: notice || !option ? null : dropOf(words, kind, problem),
  };
}

function formOf(
  { t }: Words,
  kind: AfterKind,
  { after }: AfterFacts,
  problem: OptionProblem | null,
): NonNullable<AfterOptionPage['form']> {
  const option = optionOf(after, kind);
  const stored = option ?? after.dropped.find((one) => one.kind === kind);
  const mine = problem?.form === 'about' ? problem : null;
  return {
    action: paths.afterOption(kind),
    label: option ? t('after.form.save') : t('after.form.choose'),
    what: {
      name: 'what',
      label: t('after.form.what'),
      hint: t('after.form.whatHint'),
      sees: t('after.sees'),
      optional: true,
      maxLength: LIMITS.line,
      value: mine?.typed.what ?? stored?.what ?? '',
      error: errorOf(mine?.fields ?? [], 'what'),
    },
    why: {
      name: 'why',
      kind: 'textarea',
      rows: 4,
      label: t('after.form.why'),
      hint: t('after.form.whyHint'),
      sees: t('after.seesStaff'),
      maxLength: LIMITS.text,
      value: mine?.typed.why ?? stored?.why ?? '',
      error: errorOf(mine?.fields ?? [], 'why'),
    },
  };
}

function stepsOf(
  words: Words,
  kind: AfterKind,
  { after, today }: AfterFacts,
  problem: OptionProblem | null,
  isLocked: boolean,
): AfterOptionPage['steps'] {
  const { t } = words;
  const option = optionOf(after, kind);
  if (!option) return { none: t('after.steps.first'), ticks: [], add: null, remove: [] };
  const mine = problem?.form === 'step' ? problem : null;
  const add = {
    action: paths.afterSteps(kind),
    title: {
      name: 'title',
      label: t('after.steps.title2'),
      compact: true,
      width: 'grow',
      maxLength: LIMITS.line,
      value: mine?.typed.title ?? '',
      error: errorOf(mine?.fields ?? [], 'title'),
    } satisfies Field,
    due: {
      name: 'due',
      kind: 'date',
      label: t('after.steps.due'),
      compact: true,
      width: 'date',
      optional: true,
      value: mine?.typed.due ?? '',
      error: errorOf(mine?.fields ?? [], 'due'),
    } satisfies Field,
  };
  return {
    none: option.steps.length === 0 ? t('after.steps.none') : null,
    ticks: stepTicks(words, option, today),
    add: isLocked ? null : add,
    remove: isLocked
      ? []
      : inOrder(option.steps).map(({ id, title }) => ({ id, title, action: paths.afterStep(kind, id) })),
  };
}

function dropOf(
  { t }: Words,
  kind: AfterKind,
  problem: OptionProblem | null,
): NonNullable<AfterOptionPage['drop']> {
  const mine = problem?.form === 'drop' ? problem : null;
  return {
    action: paths.dropAfterOption(kind),
    open: mine !== null,
    reason: {
      name: 'reason',
      kind: 'textarea',
      label: t('after.drop.reason'),
      hint: t('after.drop.hint'),
      maxLength: LIMITS.text,
      value: mine?.typed.reason ?? '',
      error: errorOf(mine?.fields ?? [], 'reason'),
    },
  };
}
