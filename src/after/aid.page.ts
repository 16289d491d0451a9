import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Field, Head, Ready, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { LIMITS, type AfterPlan } from './after.ts';
import { AID_KEYS, AID_SOURCES, aidTally, answerOf, dueOf, type AidAnswer } from './aid.ts';
import { afterTabs, dueWords } from './afterWords.page.ts';

/** The financial-aid list. */
export interface AidPage extends PageModel {
  head: Head;
  tabs: { label: string; items: Segment[] };
  errors: readonly FieldError[];
  note: string;
  tally: string;
  lines: AidLine[];
  add: { action: string; title: Field; due: Field };
  asks: Ready[];
}

interface AidLine {
  id: string;
  action: string;
  title: string;
  /** Null for the student's own steps. */
  body: string | null;
  source: string | null;
  state: 'done' | 'skipped' | 'todo';
  status: string;
  due: string | null;
  late: boolean;
  /** Heard with each button of the line. */
  buttons: Action[];
  dateTitle: string;
  date: Field;
  open: boolean;
}

declare module '../shared/page.ts' {
  interface Pages {
    'after/aid': AidPage;
  }
}

/** After an error: at which step (null: the new one), and what was typed. */
export interface AidProblem {
  step: string | null;
  fields: readonly FieldError[];
  typed: { title: string; due: string };
}

const STATES = { todo: 'todo', done: 'done', notForMe: 'skipped' } as const satisfies Record<
  AidAnswer,
  AidLine['state']
>;

export function aidPage(
  words: Words,
  { after, today }: { after: AfterPlan; today: string },
  problem: AidProblem | null = null,
): AidPage {
  const { t } = words;
  const tally = aidTally(after);
  const title = t('after.aid.title');
  const ours = AID_KEYS.map((key) => ({
    step: key,
    title: t(`after.aid.${key}.title`),
    body: t(`after.aid.${key}.body`),
    source: t('after.aid.source', { source: AID_SOURCES[key] }),
  }));
  const own = after.ownAid.map(({ id, title: name }) => ({
    step: id,
    title: name,
    body: null,
    source: null,
  }));
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('after.aid.lede'), back: { href: paths.plan, label: t('after.back.plan') } },
    tabs: afterTabs(words, 'aid'),
    errors: (problem?.fields ?? []).map(({ field, message }) => ({
      field: problem?.step ? `${field}-${problem.step}` : field,
      message,
    })),
    note: t('after.aid.note'),
    tally: t('after.aid.tally', tally),
    lines: [...ours, ...own].map((line) => lineOf(words, { after, today }, line, problem)),
    add: addOf(words, problem),
    asks: [{ label: t('after.asks.aid'), state: tally.answered === tally.total ? 'done' : 'todo' }],
  };
}

function lineOf(
  words: Words,
  { after, today }: { after: AfterPlan; today: string },
  line: { step: string; title: string; body: string | null; source: string | null },
  problem: AidProblem | null,
): AidLine {
  const { t } = words;
  const { step, title } = line;
  const answer = answerOf(after, step);
  const due = dueOf(after, step);
  const mine = problem?.step === step ? problem : null;
  return {
    ...line,
    id: step,
    action: paths.aidStep(step),
    state: STATES[answer],
    status: t(`after.aid.${answer}`),
    due: due && answer === 'todo' ? dueWords(words, due, today) : null,
    late: answer === 'todo' && due !== null && due < today,
    buttons: buttonsOf(words, title, answer, line.body === null),
    dateTitle: t('after.aid.dateTitle'),
    date: {
      name: 'due',
      id: `due-${step}`,
      kind: 'date',
      compact: true,
      width: 'date',
      label: t('after.aid.due'),
      more: title,
      value: mine?.typed.due ?? due ?? '',
      error: errorOf(mine?.fields ?? [], 'due'),
    },
    open: mine !== null,
  };
}

function buttonsOf({ t }: Words, more: string, answer: AidAnswer, isOwn: boolean): Action[] {
  const button = (label: string, value: string, kind: 'plain' | 'quiet'): Action => ({
    label,
    more,
    name: 'do',
    value,
    kind,
  });
  const remove = isOwn ? [button(t('after.aid.remove'), 'remove', 'quiet')] : [];
  if (answer !== 'todo') return [button(t('after.aid.undo'), 'todo', 'quiet'), ...remove];
  return [
    { ...button(t('after.aid.done'), 'done', 'plain'), icon: 'tick' },
    button(t('after.aid.notForMe'), 'notForMe', 'plain'),
    ...remove,
  ];
}

function addOf({ t }: Words, problem: AidProblem | null): AidPage['add'] {
  const mine = problem && problem.step === null ? problem : null;
  return {
    action: paths.financialAid,
    title: {
      name: 'title',
      label: t('after.aid.own'),
      hint: t('after.aid.addLede'),
      maxLength: LIMITS.line,
      value: mine?.typed.title ?? '',
      error: errorOf(mine?.fields ?? [], 'title'),
    },
    due: {
      name: 'due',
      kind: 'date',
      label: t('after.aid.due'),
      optional: true,
      value: mine?.typed.due ?? '',
      error: errorOf(mine?.fields ?? [], 'due'),
    },
  };
}
