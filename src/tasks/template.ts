import { NotFound } from '../shared/errors.ts';
import type { MessageKey } from '../shared/i18n.ts';
import type { Rubric } from './rubric.ts';
import { TEMPLATES } from './data/templates.ts';

/** A plan task that an advisor can assign: what to do, what to write, what it is worth. */
export interface TaskTemplate {
  id: string;
  kind: TaskKind;
  /** Rises when the questions change; a task keeps the version it was begun with. */
  version: number;
  part: MessageKey;
  title: MessageKey;
  /** "They hand in: …" */
  summary: MessageKey;
  /** "You check: …" */
  check: MessageKey;
  todo: readonly MessageKey[];
  questions: readonly TaskQuestion[];
  /** What the assignment is worth unless the advisor says otherwise. */
  points: number;
  minutes: number;
  grades: readonly [from: number, to: number];
  /** How the work is looked at; null: by what the advisor writes. */
  rubric: Rubric | null;
  /** A person must accept it; otherwise it counts as soon as it is handed in whole. */
  needsVerification: boolean;
}

/**
 * What the student does: writes (form, reflection), or does something elsewhere in the plan that must be there when
 * it is handed in (upload, inventory, experience, meeting), or outside and tells of it (external).
 */
export const TASK_KINDS = [
  'form',
  'reflection',
  'upload',
  'inventory',
  'experience',
  'meeting',
  'external',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

export interface TaskQuestion {
  key: string;
  label: MessageKey;
  hint: MessageKey;
  /** Words asked for before it can be handed in; 0: may be left empty. */
  minWords: number;
}

/** Everything an advisor can assign, in the picker's order. */
export function listTemplates(): readonly TaskTemplate[] {
  return TEMPLATES;
}

/** @throws NotFound for an id no template has. */
export function getTemplate(id: string): TaskTemplate {
  const found = TEMPLATES.find((template) => template.id === id);
  if (!found) throw new NotFound(`task template ${id}`);
  return found;
}
