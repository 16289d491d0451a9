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

/** The newest events about one person. @param actions limits to these verbs. */
export async function listEvents(
  institution: string,
  subject: string,
  options: { actions?: readonly string[]; limit: number },
): Promise<StoredEvent[]> {
  const filter = {
    institution,
    subject,
    ...(options.actions ? { action: { $in: [...options.actions] } } : {}),
  };
  const docs = await Events.find(filter)

    .sort({ at: -1 })
    .limit(options.limit)
    .lean<EventDoc[]>();
  return docs.map(plain);
}
