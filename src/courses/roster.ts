import type { CourseRole, Enrolment } from './course.ts';

/** A person of the roster, already known as a person of the institution. */
export interface Listed {
  person: string;
  sub: string;
  role: CourseRole;
}

export type Change = { person: string } & Partial<Pick<Enrolment, 'sub' | 'role' | 'active' | 'source'>>;

/**
 * What one roster page changes. A role learnt by a launch stays, for a launch is certain (Moodle lists a
 * non-editing teacher as Learner); a row that says nothing new is no change.
 */
export function pageChanges(known: ReadonlyMap<string, Enrolment>, page: readonly Listed[]): Change[] {
  return page.flatMap(({ person, sub, role }) => {
    const before = known.get(person);
    if (!before) return [{ person, sub, role, active: true, source: 'roster' as const }];
    const certain = before.source === 'launch' && before.active ? before.role : role;
    if (before.active && before.sub === sub && before.role === certain) return [];
    return [{ person, sub, role: certain, active: true }];
  });
}

/** Whom a complete run no longer lists: they lose access now. */
export function missingFrom(known: ReadonlyMap<string, Enrolment>, seen: ReadonlySet<string>): Enrolment[] {
  return [...known.values()].filter(({ person, active }) => active && !seen.has(person));
}

/** Below this many people a drop by half is everyday life (a club, a small section). */
const SMALL = 10;

/**
 * Half the members gone at once is more likely a fault of the LMS than a school day: a person decides
 * (issue 6 point 6, quality.md E1).
 */
export function isSuspicious(known: ReadonlyMap<string, Enrolment>, missing: readonly Enrolment[]): boolean {
  const active = [...known.values()].filter((one) => one.active).length;
  return active > SMALL && missing.length * 2 > active;
}
