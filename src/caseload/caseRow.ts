import { labelOf } from '../plans/component.ts';
import type { PlanState } from '../plans/plan.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { Tone, Words } from '../shared/page.ts';
import type { Action, Cell, Chip, TableRow } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isStale, needOf, type Case, type Need } from './caseload.ts';

/** One student's row: where the plan stands, why they stand here, and the one thing to do. */
export function caseRow(words: Words, one: Case, places: readonly string[], now: Date): TableRow {
  const { t, fmt } = words;
  const need = needOf(one);
  return {
    who: {
      name: one.name,
      href: paths.student(one.person),
      sub: [...places, one.sisId].filter(Boolean).join(' · ') || null,
    },
    cells: [
      { kind: 'chip', cls: 'state', chip: caseChip(words, one) },
      { kind: 'meter', cls: 'prog', done: one.done, total: one.total },
      { kind: 'next', cls: 'next', ...reasonOf(words, one, now) },
      {
        kind: 'text',
        cls: 'contact num',
        text: one.lastActivityAt ? fmt.short(one.lastActivityAt) : t('caseload.never'),
      },
      { kind: 'action', cls: 'act', action: actionOf(words, one, need), quiet: need === null },
    ],
  };
}

/** One action per row, chosen by what the student waits for. */
function actionOf({ t }: Words, one: Case, need: Need | null): Action {
  const action = (label: string, href: string, kind: 'primary' | 'plain'): Action => ({
    label,
    href,
    kind,
    more: one.name,
  });
  switch (need?.kind) {
    case 'plan':
      return action(t('caseload.do.review'), paths.review(one.person), 'primary');
    case 'question':
      return action(t('caseload.do.reply'), `${paths.student(one.person)}#comments`, 'plain');
    case 'task':
      return action(t('caseload.do.task'), paths.studentTask(need.task), 'plain');
    case undefined:
      return action(t('caseload.do.open'), paths.student(one.person), 'plain');
  }
}

const CHIP: Record<PlanState, { key: MessageKey; tone: Tone; icon: string }> = {
  not_started: { key: 'caseload.chip.notStarted', tone: 'quiet', icon: 'circle' },
  draft: { key: 'caseload.chip.draft', tone: 'now', icon: 'half' },
  submitted: { key: 'caseload.chip.submitted', tone: 'review', icon: 'eye' },
  in_review: { key: 'caseload.chip.inReview', tone: 'review', icon: 'eye' },
  returned: { key: 'caseload.chip.returned', tone: 'warn', icon: 'undo' },
  approved: { key: 'caseload.chip.approved', tone: 'done', icon: 'check' },
  signing: { key: 'caseload.chip.signing', tone: 'now', icon: 'sign' },
  active: { key: 'caseload.chip.active', tone: 'done', icon: 'check' },
  amending: { key: 'caseload.chip.amending', tone: 'now', icon: 'pencil' },
  review_due: { key: 'caseload.chip.reviewDue', tone: 'warn', icon: 'cal' },
  closed: { key: 'caseload.chip.closed', tone: 'quiet', icon: 'check' },
  archived: { key: 'caseload.chip.archived', tone: 'quiet', icon: 'folder' },
  on_hold: { key: 'caseload.chip.onHold', tone: 'quiet', icon: 'clock' },
  transferred: { key: 'caseload.chip.transferred', tone: 'quiet', icon: 'right' },
  waived: { key: 'caseload.chip.waived', tone: 'quiet', icon: 'x' },
};

/** Where a plan stands, as a label for staff. */
export function stateChip({ t }: Words, state: PlanState): Chip {
  const { key, tone, icon } = CHIP[state];
  return { label: t(key), tone, icon };
}

/** What weighs most: a plan to read, a question, a hand-in; else where the plan stands. */
function caseChip(words: Words, one: Case): Chip {
  switch (needOf(one)?.kind) {
    case 'question':
      return { label: words.t('caseload.chip.question'), tone: 'warn', icon: 'msg' };
    case 'task':
      return { label: words.t('caseload.chip.task'), tone: 'review', icon: 'task' };
    case 'plan':
    case undefined:
      return stateChip(words, one.state);
  }
}

type Reason = Pick<Cell & { kind: 'next' }, 'text' | 'tone' | 'icon'>;

/** Why a student stands where they stand in the list. */
function reasonOf(words: Words, one: Case, now: Date): Reason {
  const { t, fmt } = words;
  const when = (at: Date): string => fmt.daysFrom(fmt.dayOf(at), fmt.dayOf(now));
  const said = (text: string): Reason => ({ text, tone: null, icon: null });
  const need = needOf(one);
  switch (need?.kind) {
    case 'plan':
      return said(t(need.begun ? 'caseload.why.begun' : 'caseload.why.sent', { when: when(need.since) }));
    case 'question':
      return said(t('caseload.why.question', { when: when(need.since) }));
    case 'task':
      return said(t('caseload.why.task', { count: need.count, when: when(need.since) }));
    case undefined:
      break;
  }
  if (one.lastActivityAt && isStale(one, now)) {
    const day = fmt.short(one.lastActivityAt);
    return { text: t('caseload.why.stale', { day }), tone: 'warn', icon: 'clock' };
  }
  return said(standingReason(words, one));
}

function standingReason(words: Words, one: Case): string {
  const { t } = words;
  switch (one.state) {
    case 'not_started':
      return t(one.hasPlan ? 'caseload.why.nothing' : 'caseload.why.neverOpened');
    case 'draft':
    case 'submitted':
    case 'in_review':
      return nextPart(words, one);
    case 'returned':
      return t('caseload.why.returned');
    case 'amending':
      return t('caseload.why.amending');
    case 'approved':
    case 'active':
      return t('caseload.why.approved');
    case 'signing':
      return t('caseload.why.signing');
    case 'review_due':
      return t('caseload.why.reviewDue');
    case 'closed':
    case 'archived':
      return t('caseload.why.closed');
    case 'on_hold':
    case 'transferred':
    case 'waived':
      return t('caseload.why.aside');
  }
}

function nextPart({ t }: Words, { missing, done, total }: Case): string {
  const label = labelOf(missing[0]);
  return label && done < total ? t('caseload.why.next', { part: t(label) }) : t('caseload.why.unsent');
}
