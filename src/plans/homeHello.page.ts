import type { Words } from '../shared/page.ts';
import type { Action } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { COMPONENTS, type ComponentKey } from './component.ts';
import { isGoalComponent, TEXTS_OF } from './credit.ts';
import type { HomeFacts } from './home.ts';
import { isAside, standingState, type Plan } from './plan.ts';
import { missingOf, nextStepOfPlan, type NextStep } from './progress.ts';
import { STATE_LABEL } from './transition.ts';

/** The hero's words: where the plan is, and the one thing to do now. */
export interface Hello {
  headline: string;
  lede: string;
  action: Action | null;
  minutes: string | null;
  /** To the list of what is missing; null: nothing is. */
  missing: Action | null;
}

interface Names {
  name: string;
  advisor: string;
}

export function helloOf(
  words: Words,
  { plan, framework }: Pick<HomeFacts, 'plan' | 'framework'>,
  names: Names,
): Hello {
  const next = nextStepOfPlan(plan, framework);
  const open = missingOf(plan, framework);
  const own = open.filter(({ who }) => who === 'student');
  const { headline, lede } = sentencesOf(words, plan, names, own.length);
  const minutes =
    'minutes' in next && next.minutes > 0 ? words.t('home.minutes', { count: next.minutes }) : null;
  const missing: Action | null =
    open.length === 0 ? null : { label: words.t('missing.link'), href: paths.missing, kind: 'quiet' };
  return { headline, lede, action: actionOf(words, plan, next), minutes, missing };
}

function sentencesOf(
  { t }: Words,
  plan: Plan,
  { name, advisor }: Names,
  left: number,
): Pick<Hello, 'headline' | 'lede'> {
  const state = standingState(plan);
  if (isAside(plan))
    return {
      headline: t('home.hello.aside', { state: t(STATE_LABEL[plan.state]) }),
      lede: t('home.lede.aside'),
    };
  if (state === 'not_started')
    return { headline: t('home.hello.start', { name }), lede: t('home.lede.start') };
  if (state === 'submitted' || state === 'in_review')
    return { headline: t('home.hello.wait'), lede: t('home.lede.wait', { advisor }) };
  if (state === 'returned' && left > 0)
    return {
      headline: t('home.hello.changes', { name, count: left }),
      lede: t('home.lede.changes', { advisor }),
    };
  if (state === 'draft' || state === 'returned' || state === 'amending')
    return left > 0
      ? { headline: t('home.hello.steps', { name, count: left }), lede: t('home.lede.write', { advisor }) }
      : { headline: t('home.hello.submit', { name }), lede: t('home.lede.submit', { advisor }) };
  return { headline: t('home.hello.active', { name }), lede: t('home.lede.active', { advisor }) };
}

function actionOf({ t }: Words, plan: Plan, next: NextStep): Action | null {
  const big = { kind: 'primary', large: true, iconEnd: 'right' } as const;
  switch (next.kind) {
    case 'component': {
      const verb =
        next.why === 'changeAsked'
          ? 'home.change'
          : plan.state === 'not_started'
            ? 'home.begin'
            : 'home.continue';
      return {
        ...big,
        label: t(verb, { part: t(COMPONENTS[next.key].label) }),
        href: placeOf(plan, next.key),
      };
    }
    case 'submit':
      return { ...big, label: t('home.send'), href: paths.submitPlan };
    case 'keepGoing':
      return { ...big, label: t('home.goals'), href: paths.goals };
    case 'wait':
    case 'aside':
      return null;
  }
}

/** Where a component is written; a goal that is begun opens itself. */
export function placeOf(plan: Plan, key: ComponentKey): string {
  const unfinished = (TEXTS_OF[key] ?? []).find((text) => !plan.profile[text].finished);
  if (unfinished) return paths.profilePart(unfinished);
  if (!isGoalComponent(key)) return COMPONENTS[key].href;
  const open = plan.goals.find(({ status, finished }) => status === 'proposed' && !finished);
  return open ? paths.goal(open.id) : paths.newGoal;
}
