import { lockedIn } from '../careers/exploreWords.page.ts';
import type { Plan } from '../plans/plan.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head, Notice, Ready, Segment, Todo } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { AFTER_KINDS, nextStepOf, optionOf, type AfterOption, type AfterPlan } from './after.ts';
import { afterTabs, stepTick } from './afterWords.page.ts';

/** The student's ways after school: chosen ones in order, the others, and what was let go. */
export interface AfterListPage extends PageModel {
  head: Head;
  tabs: { label: string; items: Segment[] };
  locked: Notice | null;
  none: { title: string; text: string } | null;
  chosen: ChosenLine[];
  others: { id: string; title: string; about: string; choose: Action | null }[];
  dropped: {
    title: string;
    lines: { id: string; title: string; text: string; again: Action | null }[];
  } | null;
  next: Todo[];
  asks: Ready[];
}

interface ChosenLine {
  id: string;
  rank: number;
  title: string;
  what: string | null;
  why: string;
  next: string;
  href: string;
  move: string | null;
  isFirst: boolean;
  isLast: boolean;
}

declare module '../shared/page.ts' {
  interface Pages {
    'after/list': AfterListPage;
  }
}

export interface AfterFacts {
  plan: Pick<Plan, 'state' | 'goals'>;
  after: AfterPlan;
  /** The school's calendar day. */
  today: string;
}

export function afterListPage(words: Words, facts: AfterFacts): AfterListPage {
  const { t } = words;
  const { plan, after, today } = facts;
  const notice = lockedIn(words, plan);
  const locked = notice && { ...notice, title: t('after.locked') };
  const title = t('after.title');
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('after.lede'), back: { href: paths.plan, label: t('after.back.plan') } },
    tabs: afterTabs(words, 'options'),
    locked,
    none: after.options.length === 0 ? { title: t('after.mine.none'), text: t('after.mine.noneBody') } : null,
    chosen: after.options.map((option, index) => chosenLine(words, facts, option, index, locked !== null)),
    others: othersOf(words, after, locked !== null),
    dropped: droppedOf(words, after, locked !== null),
    next: after.options.flatMap((option) => {
      const step = nextStepOf(option);
      return step ? [stepTick(words, option, step, today)] : [];
    }),
    asks: [
      { label: t('after.asks.option'), state: after.options.length > 0 ? 'done' : 'todo' },
      {
        label: t('after.asks.step'),
        state: after.options.some(({ steps }) => steps.length > 0) ? 'done' : 'todo',
      },
    ],
  };
}

function chosenLine(
  words: Words,
  { after }: AfterFacts,
  option: AfterOption,
  index: number,
  isLocked: boolean,
): ChosenLine {
  const { t } = words;
  const { kind, what, why } = option;
  return {
    id: `option-${kind}`,
    rank: index + 1,
    title: t(`after.kind.${kind}`),
    what: what || null,
    why,
    next: nextWords(words, option),
    href: paths.afterOption(kind),
    move: isLocked || after.options.length < 2 ? null : paths.rankAfterOption(kind),
    isFirst: index === 0,
    isLast: index === after.options.length - 1,
  };
}

/** The next step in a sentence, or what is missing. */
function nextWords({ t, fmt }: Words, option: AfterOption): string {
  const step = nextStepOf(option);
  if (step?.due) return t('after.option.nextBy', { step: step.title, day: fmt.short(step.due) });
  if (step) return t('after.option.next', { step: step.title });
  return option.steps.length > 0 ? t('after.option.allDone') : t('after.option.noStep');
}

function othersOf({ t }: Words, after: AfterPlan, isLocked: boolean): AfterListPage['others'] {
  const dropped = new Set(after.dropped.map(({ kind }) => kind));
  return AFTER_KINDS.filter((kind) => !optionOf(after, kind) && !dropped.has(kind)).map((kind) => ({
    id: `kind-${kind}`,
    title: t(`after.kind.${kind}`),
    about: t(`after.about.${kind}`),
    choose: isLocked
      ? null
      : {
          label: t('after.option.choose'),
          more: t(`after.kind.${kind}`),
          href: paths.afterOption(kind),
          kind: 'quiet',
          icon: 'plus',
        },
  }));
}

function droppedOf({ t, fmt }: Words, after: AfterPlan, isLocked: boolean): AfterListPage['dropped'] {
  if (after.dropped.length === 0) return null;
  return {
    title: t('after.dropped', { count: after.dropped.length }),
    lines: after.dropped.map(({ kind, what, reason, droppedAt }) => {
      const name = t(`after.kind.${kind}`);
      return {
        id: `dropped-${kind}`,
        title: what === '' ? name : t('after.line.option', { kind: name, what }),
        text: t('after.droppedWhy', { day: fmt.date(droppedAt), reason }),
        again: isLocked
          ? null
          : { label: t('after.again'), more: name, href: paths.afterOption(kind), kind: 'quiet' },
      };
    }),
  };
}
