import type { Audit } from '../pathways/audit.ts';
import type { SkillKey } from '../skills/skill.ts';

/** Something of the plan that serves a goal, ready to be named and linked. */
export type Serving =
  | { kind: 'course'; id: string; title: string; state: 'completed' | 'current' | 'planned'; set: string }
  | { kind: 'experience'; id: string; title: string; hours: number; confirmed: boolean }
  | { kind: 'skill'; id: SkillKey; how: string }
  | { kind: 'evidence'; id: string; title: string }
  | { kind: 'assessment'; id: string; title: string; score: string; date: string };

/** Courses that count for the requirement sets a goal asks for, each once, in the audit's order. */
export function coursesServing(
  audit: Pick<Audit, 'sets'>,
  sets: readonly string[],
): Extract<Serving, { kind: 'course' }>[] {
  const found = new Map<string, Extract<Serving, { kind: 'course' }>>();
  for (const { set, lines } of audit.sets.filter((one) => sets.includes(one.set.key)))
    for (const { record } of lines.flatMap(({ counted }) => counted)) {
      const { id, title, state } = record;
      if (!found.has(id)) found.set(id, { kind: 'course', id, title, state, set: set.name });
    }
  return [...found.values()];
}
