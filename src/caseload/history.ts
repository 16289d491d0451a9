import type { Change } from '../audit/event.ts';
import type { Translate, MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import type { LogEntry } from '../shared/parts.ts';

/** An event of the audit log, with its words opened. */
export interface Happened {
  at: Date;
  /** Person id, `system` or `operator`. */
  actor: string;
  action: string;
  kind: string;
  object: string;
  changes: readonly Change[];
}

/** How an action is told: its sentence, and an icon of the sprite. */
const TOLD: Readonly<Record<string, readonly [key: MessageKey, icon: string]>> = {
  'plan.created': ['overview.did.plan.created', 'plus'],
  'plan.begun': ['overview.did.plan.begun', 'pencil'],
  'plan.submitted': ['overview.did.plan.submitted', 'send'],
  'plan.withdrawn': ['overview.did.plan.withdrawn', 'undo'],
  'plan.reviewStarted': ['overview.did.plan.reviewStarted', 'eye'],
  'plan.returned': ['overview.did.plan.returned', 'undo'],
  'plan.approved': ['overview.did.plan.approved', 'check'],
  'plan.approvalUndone': ['overview.did.plan.approvalUndone', 'undo'],
  'plan.signaturesRequested': ['overview.did.plan.signaturesRequested', 'sign'],
  'plan.signatureDeclined': ['overview.did.plan.signatureDeclined', 'x'],
  'plan.activated': ['overview.did.plan.activated', 'check'],
  'plan.amended': ['overview.did.plan.amended', 'pencil'],
  'plan.reviewDue': ['overview.did.plan.reviewDue', 'cal'],
  'plan.closed': ['overview.did.plan.closed', 'flag'],
  'plan.archived': ['overview.did.plan.archived', 'folder'],
  'plan.held': ['overview.did.plan.held', 'clock'],
  'plan.transferred': ['overview.did.plan.transferred', 'right'],
  'plan.waived': ['overview.did.plan.waived', 'x'],
  'plan.resumed': ['overview.did.plan.resumed', 'redo'],
  'profile.changed': ['overview.did.profile.changed', 'pencil'],
  'profile.changedByStaff': ['overview.did.profile.changedByStaff', 'pencil'],
  'profile.corrected': ['overview.did.profile.corrected', 'pencil'],
  'goal.proposed': ['overview.did.goal.proposed', 'flag'],
  'goal.proposedByStaff': ['overview.did.goal.proposed', 'flag'],
  'goal.changed': ['overview.did.goal.changed', 'pencil'],
  'goal.changedByStaff': ['overview.did.goal.changedByStaff', 'pencil'],
  'goal.corrected': ['overview.did.goal.corrected', 'pencil'],
  'goal.dropped': ['overview.did.goal.dropped', 'x'],
  'goal.achieved': ['overview.did.goal.achieved', 'check'],
  'goal.achievedPartly': ['overview.did.goal.closed', 'check'],
  'goal.missed': ['overview.did.goal.closed', 'check'],
  'goal.stepTicked': ['overview.did.goal.stepTicked', 'tick'],
  'goal.checkedIn': ['overview.did.goal.checkedIn', 'chart'],
  'comment.added': ['overview.did.comment.added', 'msg'],
  'component.exempted': ['overview.did.component.exempted', 'x'],
  'component.counted': ['overview.did.component.counted', 'plus'],
  'task.opened': ['overview.did.task.opened', 'task'],
  'task.saved': ['overview.did.task.saved', 'task'],
  'task.submitted': ['overview.did.task.submitted', 'send'],
  'task.withdrawn': ['overview.did.task.withdrawn', 'undo'],
  'task.returned': ['overview.did.task.returned', 'undo'],
  'task.verified': ['overview.did.task.verified', 'check'],
  'task.reopened': ['overview.did.task.reopened', 'redo'],
  'task.excused': ['overview.did.task.excused', 'x'],
  'enrolment.ended': ['overview.did.enrolment.ended', 'x'],
};

/** What to ask the log for: drafts of a review, sign-ins and the like are left out. */
export const TOLD_ACTIONS: readonly string[] = Object.keys(TOLD);

/** How names of people and of things are found. */
export interface Naming {
  person: (id: string) => string;
  /** The title of a thing by its kind and id; null where it has none any more. */
  thing: (kind: string, id: string) => string | null;
  /** The title of a section that was commented on. */
  section: (section: string) => string;
}

/**
 * The log in plain words, newest first. Autosave writes the same event many times in a row: it is told once,
 * with its last time.
 */
export function historyEntries(
  { t, fmt }: Words,
  events: readonly Happened[],
  naming: Naming,
  now: Date,
): LogEntry[] {
  const told = events.filter((event, index) => !isAgain(event, events[index - 1]));
  return told.flatMap((event) => {
    const found = TOLD[event.action];
    if (!found) return [];
    const [key, icon] = found;
    return [
      {
        icon,
        flip: icon === 'undo',
        chunks: t.rich(key, { who: naming.person(event.actor), what: subjectOf(event, naming, t) }),
        when: fmt.moment(event.at, now),
        datetime: event.at.toISOString(),
      },
    ];
  });
}

const HOUR = 60 * 60_000;

/** The same person did the same to the same thing within the hour. */
function isAgain(event: Happened, newer: Happened | undefined): boolean {
  return (
    newer !== undefined &&
    newer.actor === event.actor &&
    newer.action === event.action &&
    newer.object === event.object &&
    newer.kind !== 'comment' &&
    newer.at.getTime() - event.at.getTime() < HOUR
  );
}

function subjectOf({ kind, object, changes }: Happened, naming: Naming, t: Translate): string {
  const named = naming.thing(kind, object);
  if (named) return named;
  const [about] = changes;
  if (kind === 'comment') return about ? naming.section(about.field) : t('plans.part.plan');
  const words = changes.map(({ to }) => to).find((to) => typeof to === 'string');
  return typeof words === 'string' && words !== '' ? words : t('overview.something');
}
