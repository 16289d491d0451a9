/** What an advisor sends about a task: one form for every decision, the pressed button says which. */
import { z } from 'zod';
import { typedText } from '../shared/typedText.ts';
import type { RubricForm } from './rubric.ts';
import { listTemplates } from './template.ts';
import type { TypedDecision } from './verify.page.ts';

/** Every criterion there is; the service keeps those of the task's template. */
const CRITERIA = [
  ...new Set(listTemplates().flatMap(({ rubric }) => rubric?.criteria.map(({ key }) => key) ?? [])),
];
const nameOf = (key: string): string => `rubric.${key}`;

const Words = typedText().max(20_000).default('');
const Level = z.string().regex(/^\d?$/).default('');

/** Empty points: all of them. */
export const Decision = z.strictObject({
  do: z.enum(['start', 'verify', 'return', 'excuse', 'reopen']),
  comment: Words,
  points: z.string().trim().max(20).default(''),
  reason: Words,
  ...Object.fromEntries(CRITERIA.map((key) => [nameOf(key), Level])),
});
export type Decision = z.output<typeof Decision>;

/** The levels of the rubric, as numbers; null: none chosen. */
export function levelsIn(form: Record<string, unknown>): RubricForm {
  const typed = typedLevels(form);
  return Object.fromEntries(CRITERIA.map((key) => [key, typed[key] ? Number(typed[key]) : null]));
}

function typedLevels(form: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    CRITERIA.flatMap((key) => {
      const level = form[nameOf(key)];
      return typeof level === 'string' && level !== '' ? [[key, level]] : [];
    }),
  );
}

/** What was typed into a refused decision. */
export function typedDecision(form: Record<string, unknown>): TypedDecision {
  const text = (name: string): string => (typeof form[name] === 'string' ? form[name] : '');
  return {
    comment: text('comment'),
    points: text('points'),
    reason: text('reason'),
    levels: typedLevels(form),
  };
}
