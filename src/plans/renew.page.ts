import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { nameOfYear } from '../shared/schoolYear.ts';
import type { Plan } from './plan.ts';
import { carriableGoals } from './renew.ts';

/** The first page of a new school year: what stays, which goals go on, what is asked again. */
export interface RenewPage extends PageModel {
  head: Head;
  action: string;
  goals: { id: string; label: string; hint: string; checked: boolean }[];
  texts: string;
  start: Action;
  errors: readonly FieldError[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'plans/renew': RenewPage;
  }
}

/** @param keep ids that were chosen in a refused post; null: the live ones are proposed */
export function renewPage(
  { t }: Words,
  plan: Plan,
  year: number,
  { keep, errors }: { keep: readonly string[] | null; errors: readonly FieldError[] },
): RenewPage {
  const title = t('renew.title', { year: nameOfYear(year) });
  const goals = carriableGoals(plan).map((goal) => ({
    id: goal.id,
    label: goal.statement || t(`goals.kind.${goal.kind}`),
    hint: t(`goals.kind.${goal.kind}`),
    checked: keep?.includes(goal.id) ?? true,
  }));
  const count = Object.values(plan.profile).filter(({ text }) => text !== '').length;
  return {
    title,
    head: { title, lede: t('renew.lede'), back: { href: paths.plan, label: t('renew.back') } },
    action: paths.renewPlan,
    goals,
    texts: t('renew.textsBody', { count }),
    start: {
      label: t('renew.start', { year: nameOfYear(year) }),
      kind: 'primary',
      large: true,
      iconEnd: 'right',
    },
    errors,
  };
}
