import { isLive } from '../goals/goal.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { PROFILE_KEYS, type Plan } from './plan.ts';

/** Check answers before sending: each part as the advisor will read it, with a way to change it. */
export interface SubmitPage extends PageModel {
  head: Head;
  parts: { id: string; label: string; text: string; change: Action }[];
  errors: readonly FieldError[];
  action: string;
  send: Action;
  next: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'plans/submit': SubmitPage;
  }
}

export function submitPage(
  { t, fmt }: Words,
  plan: Plan,
  advisor: string,
  problems: readonly FieldError[] = [],
): SubmitPage {
  const title = t('submit.title');
  const change = (part: string, href: string): Action => ({
    label: t('submit.change'),
    more: t('submit.changeMore', { part }),
    href,
    kind: 'quiet',
  });
  const about = PROFILE_KEYS.map((key) => {
    const label = t(`plans.part.${key}`);
    return {
      id: key,
      label,
      text: plan.profile[key].text || t('part.nothing'),
      change: change(label, paths.profilePart(key)),
    };
  });
  const goals = plan.goals.filter(isLive).map((goal) => {
    const label = t(`goals.kind.${goal.kind}`);
    const facts = [
      goal.statement,
      goal.why,
      goal.measure,
      goal.by && fmt.date(goal.by),
      goal.steps.map(({ title: step }) => step).join(' · '),
    ];
    return {
      id: goal.id,
      label,
      text: facts.filter(Boolean).join('\n'),
      change: change(label, paths.goal(goal.id)),
    };
  });
  const none = {
    id: 'agreedGoal',
    label: t('plans.part.agreedGoal'),
    text: t('part.nothing'),
    change: change(t('plans.part.agreedGoal'), paths.newGoal),
  };
  return {
    title,
    head: { title, lede: t('submit.lede', { advisor }), back: { href: paths.plan, label: t('part.back') } },
    parts: [...about, ...(goals.length > 0 ? goals : [none])],
    errors: problems,
    action: paths.submitPlan,
    send: { label: t('submit.send', { advisor }), kind: 'primary', large: true, icon: 'send' },
    next: t('submit.next', { advisor }),
  };
}
