import type { Words } from '../shared/page.ts';
import type { Segment, Todo } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { inOrder, type AfterOption, type AfterStep } from './after.ts';

/** The four doors of this section. */
export function afterTabs(
  { t }: Words,
  current: 'options' | 'applications' | 'aid' | 'resume',
): { label: string; items: Segment[] } {
  const tab = (key: typeof current, href: string): Segment => ({
    label: t(`after.tab.${key}`),
    href,
    current: key === current,
  });
  return {
    label: t('after.tabs'),
    items: [
      tab('options', paths.after),
      tab('applications', paths.applications),
      tab('aid', paths.financialAid),
      tab('resume', paths.resume),
    ],
  };
}

/** "Due October 12, 2026"; a day that is over says so. @param today the school's calendar day */
export function dueWords({ t, fmt }: Words, due: string | null, today: string): string {
  if (due === null) return t('after.steps.noDue');
  return due < today
    ? t('after.steps.late', { day: fmt.date(due) })
    : t('after.steps.dueOn', { day: fmt.date(due) });
}

/** A step as a tick. */
export function stepTick(
  words: Words,
  { kind }: Pick<AfterOption, 'kind'>,
  step: AfterStep,
  today: string,
): Todo {
  const done = step.doneAt !== null;
  return {
    id: `step-${step.id}`,
    label: step.title,
    meta: done ? words.t('after.steps.done') : dueWords(words, step.due, today),
    soon: !done && step.due !== null && step.due < today,
    done,
    action: paths.afterStep(kind, step.id),
  };
}

export function stepTicks(words: Words, option: AfterOption, today: string): Todo[] {
  return inOrder(option.steps).map((step) => stepTick(words, option, step, today));
}
