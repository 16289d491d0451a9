import type { MessageKey } from '../shared/i18n.ts';
import type { Words } from '../shared/page.ts';
import type { LogEntry, PathNode } from '../shared/parts.ts';
import type { TaskFacts } from './task.page.ts';
import type { Task, TaskState } from './task.ts';

/** Started, handed in, returned where it was, accepted: where the task is. Null where it goes no further. */
export function taskPath(words: Words, { task, now }: TaskFacts): PathNode[] | null {
  const { t } = words;
  const { state } = task;
  if (state === 'excused' || state === 'expired') return null;
  const handedIn = state === 'submitted' || state === 'returned' || state === 'verified';
  const when = (at: Date | null): string => (at ? words.fmt.short(at) : t('tasks.path.now'));
  const started: PathNode = {
    label: t(handedIn ? 'tasks.path.written' : 'tasks.path.inProgress'),
    icon: handedIn ? 'check' : 'pencil',
    state: handedIn ? 'done' : 'current',
    note: state === 'assigned' ? t('tasks.path.notYet') : when(task.openedAt ?? now),
  };
  const sent: PathNode = {
    label: t('tasks.path.handedIn'),
    icon: handedIn && state !== 'submitted' ? 'check' : 'send',
    state: state === 'submitted' ? 'current' : handedIn ? 'done' : 'todo',
    note: handedIn ? when(task.submittedAt) : t('tasks.path.notYet'),
  };
  const back: PathNode[] =
    state === 'returned'
      ? [
          {
            label: t('tasks.path.returned'),
            icon: 'undo',
            state: 'current',
            tone: 'warn',
            note: when(task.decidedAt),
          },
        ]
      : [];
  return [started, sent, ...back, acceptedNode(words, task, when)];
}

function acceptedNode({ t }: Words, task: Task, when: (at: Date | null) => string): PathNode {
  const accepted = task.state === 'verified';
  return {
    label: t('tasks.path.accepted'),
    icon: accepted ? 'check' : 'flag',
    state: accepted ? 'done' : 'todo',
    note: accepted ? when(task.decidedAt) : t('tasks.path.notYet'),
  };
}

const ENTRY = {
  assigned: { key: 'tasks.log.assigned', icon: 'task', flip: false },
  opened: { key: 'tasks.log.opened', icon: 'pencil', flip: false },
  in_progress: { key: 'tasks.log.inProgress', icon: 'undo', flip: true },
  submitted: { key: 'tasks.log.submitted', icon: 'send', flip: false },
  returned: { key: 'tasks.log.returned', icon: 'undo', flip: true },
  verified: { key: 'tasks.log.verified', icon: 'check', flip: false },
  excused: { key: 'tasks.log.excused', icon: 'check', flip: false },
  expired: { key: 'tasks.log.expired', icon: 'lock', flip: false },
} as const satisfies Record<TaskState, object>;

/** What followed by itself. */
const BY_ITSELF: Partial<Record<TaskState, MessageKey>> = { excused: 'tasks.log.excusedItself' };

/** What happened to the task, newest first, down to the day it was assigned. */
export function taskLog({ t, fmt }: Words, { task, link, names, now }: TaskFacts): LogEntry[] {
  const assigned = { at: link.createdAt, by: link.createdBy, state: 'assigned' as const };
  const who = (person: string): string =>
    person === task.person ? t('tasks.page.you') : (names.get(person) ?? t('tasks.page.anAdvisor'));
  return [...task.history.toReversed(), assigned].map(({ at, by, state }) => {
    const { key, icon, flip } = ENTRY[state];
    return {
      icon,
      flip,
      chunks:
        by === 'system'
          ? t.rich(BY_ITSELF[state] ?? 'tasks.log.checkedItself')
          : t.rich(key, { who: who(by) }),
      when: fmt.moment(at, now),
      datetime: at.toISOString(),
    };
  });
}
