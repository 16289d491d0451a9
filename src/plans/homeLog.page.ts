import type { MessageKey } from '../shared/i18n.ts';
import { home } from '../shared/messages/en/home.ts';
import type { Words } from '../shared/page.ts';
import type { LogEntry } from '../shared/parts.ts';
import type { HomeFacts } from './home.ts';

const MOST = 5;

const ICONS: Record<string, string> = { comment: 'msg', plan: 'flag', goal: 'check', task: 'task' };

/** "What changed": who did what, newest first, in words. */
export function entriesOf(
  { t, fmt }: Words,
  { events, staff }: Pick<HomeFacts, 'events' | 'staff'>,
  viewer: { person: string; now: Date },
): LogEntry[] {
  const told = events.filter(({ action }) => `home.event.${action}` in home);
  return told.slice(0, MOST).map(({ action, actor, kind, at }) => ({
    icon: ICONS[kind] ?? 'check',
    chunks: t.rich(`home.event.${action}` as MessageKey & 'home.event.plan.submitted', {
      who: whoOf(t, actor, staff, viewer.person),
    }),
    when: fmt.moment(at, viewer.now),
    datetime: at.toISOString(),
  }));
}

function whoOf(t: Words['t'], actor: string, staff: HomeFacts['staff'], viewer: string): string {
  if (actor === viewer) return t('home.event.you');
  if (actor === 'system' || actor === 'operator') return t('home.event.system');
  return staff.find(({ id }) => id === actor)?.name || t('home.event.someone');
}
