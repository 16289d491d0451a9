import { sealerOf } from '../privacy/dataKeys.service.ts';
import type { Sealed } from '../shared/crypto.ts';
import { addEvents, listEvents, type EventFilter, type StoredEvent } from './audit.store.ts';
import type { AuditEvent, Change } from './event.ts';

export { listActors } from './audit.store.ts';

/** Writes events; inside a transaction they stand or fall with the change they tell of. */
export async function record(...events: AuditEvent[]): Promise<void> {
  const stored: Omit<StoredEvent, 'id'>[] = [];
  for (const event of events) stored.push(await toStored(event));
  await addEvents(stored);
}

/** What happened to one person's record, newest first, with the words opened. */
export async function historyOf(
  institution: string,
  subject: string,
  options: EventFilter,
): Promise<(StoredEvent & { changes: Change[] })[]> {
  const events = await listEvents(institution, subject, options);
  return Promise.all(events.map(async (event) => ({ ...event, changes: await wordsOf(event) })));
}

async function toStored(event: AuditEvent): Promise<Omit<StoredEvent, 'id'>> {
  return {
    institution: event.institution,
    at: event.at,
    actor: event.actor,
    action: event.action,
    subject: event.subject,
    kind: event.object.kind,
    object: event.object.id,
    words: event.changes?.length ? await seal(event, event.changes) : null,
    via: event.via ?? null,
  };
}

async function seal(event: AuditEvent, changes: Change[]): Promise<string> {
  const sealer = await sealerOf(event.institution, event.subject ?? 'institution');
  return sealer.seal(JSON.stringify(changes), contextOf(event.institution, event.subject));
}

async function wordsOf(event: StoredEvent): Promise<Change[]> {
  if (event.words === null) return [];
  const sealer = await sealerOf(event.institution, event.subject ?? 'institution');
  return JSON.parse(
    sealer.open(event.words as Sealed, contextOf(event.institution, event.subject)),
  ) as Change[];
}

function contextOf(institution: string, subject: string | null): string {
  return `audit/${institution}/${subject ?? ''}`;
}
