import { defineModel, plain } from '../shared/model.ts';

export interface StoredEvent {
  id: string;
  institution: string;
  at: Date;
  actor: string;
  action: string;
  subject: string | null;
  kind: string;
  object: string;
  words: string | null;
  via: string | null;
}
type EventDoc = Omit<StoredEvent, 'id'> & { _id: string };

const Events = defineModel<EventDoc>({
  name: 'auditEvents',
  tenancy: 'institution',
  fields: {
    at: { type: Date, required: true },
    actor: { type: String, required: true },
    action: { type: String, required: true },
    subject: { type: String, default: null },
    kind: { type: String, required: true },
    object: { type: String, required: true },
    words: { type: String, default: null },
    via: { type: String, default: null },
    /** Set later by the sealer that chains events in batches. */
    sequence: { type: Number, default: null },
    chain: { type: String, default: null },
  },
  indexes: [
    [{ institution: 1, subject: 1, at: -1 }],
    [{ institution: 1, sequence: 1 }],
    [{ institution: 1, at: -1 }],
  ],
  registry: [
    {
      fields: ['at', 'actor', 'action', 'subject', 'kind', 'object', 'words', 'via', 'sequence', 'chain'],
      purpose: 'show who changed or opened a record (FERPA 99.32) and undo mistakes',
      audience: 'administrator',
      retention: 'with the audit log',
    },
  ],
});

export async function addEvents(events: readonly Omit<StoredEvent, 'id'>[]): Promise<void> {
  await Events.insertMany(events, { lean: true });
}

/** Which of a person's events to list. */
export interface EventFilter {
  /** Limits to these verbs. */
  actions?: readonly string[];
  /** Limits to what this person did. */
  actor?: string;
  /** Only events before this moment. */
  before?: Date;
  limit: number;
}

/** The newest events about one person. */
export async function listEvents(
  institution: string,
  subject: string,
  { actions, actor, before, limit }: EventFilter,
): Promise<StoredEvent[]> {
  const filter = {
    institution,
    subject,
    ...(actions ? { action: { $in: [...actions] } } : {}),
    ...(actor ? { actor } : {}),
    ...(before ? { at: { $lt: before } } : {}),
  };
  const docs = await Events.find(filter).sort({ at: -1 }).limit(limit).lean<EventDoc[]>();
  return docs.map(plain);
}

/** Everybody who did anything to one person's record. */
export async function listActors(institution: string, subject: string): Promise<string[]> {
  return Events.distinct('actor', { institution, subject });
}
