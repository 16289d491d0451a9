/** One change of one field, in the words that were stored. */
export interface Change {
  field: string;
  from: unknown;
  to: unknown;
}

/** Who did what to whose record. Words are sealed with the subject's own key; ids stay readable. */
export interface AuditEvent {
  institution: string;
  /** Person id, `system`, or `operator` (command line). */
  actor: string;
  /** Verb in the past with its noun, e.g. `plan.submitted`, `goal.changed`, `launch.accepted`. */
  action: string;
  /** The person whose record this is about, or null for connections and settings. */
  subject: string | null;
  /** What was changed: collection and id. */
  object: { kind: string; id: string };
  changes?: Change[];
  /** LMS account acting for the actor (masquerading). */
  via?: string | null;
  at: Date;
}

/** The fields that differ, for an event's `changes`. Values are compared by their JSON. */
export function changesBetween<T extends object>(
  before: T,
  after: T,
  fields: readonly (keyof T & string)[],
): Change[] {
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, from: before[field] ?? null, to: after[field] ?? null }));
}
