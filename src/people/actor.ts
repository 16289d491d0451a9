/** In which capacity a person acts on a plan or a task. A route decides it from the relation (may.ts). */
export type ActorRole = 'student' | 'advisor' | 'administrator' | 'family';

/** Who does something to whose record; what a service needs to decide and to write the audit event. */
export interface Actor {
  institution: string;
  person: string;
  role: ActorRole;
  /** LMS account of an administrator acting as this person (masquerading), or null. */
  via: string | null;
}

/** Staff may correct, return, approve and excuse; what exactly, the transition tables say. */
export function isStaffRole(role: ActorRole): boolean {
  return role === 'advisor' || role === 'administrator';
}
