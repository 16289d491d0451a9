import { z } from 'zod';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { Id } from '../shared/model.ts';
import { listTemplates } from './template.ts';

const IDS: ReadonlySet<string> = new Set(listTemplates().map(({ id }) => id));

/** One ticked box comes as a word, several as a list. */
const many = <T extends z.ZodType<string>>(one: T, most: number) =>
  z.union([one.transform((value) => [value]), z.array(one).max(most)]).default([]);

const Template = z
  .string()
  .max(60)
  .refine((id) => IDS.has(id));

/** The form that gives tasks. `people` counts only where some are chosen. */
export const AssignPost = z.strictObject({
  templates: many(Template, IDS.size),
  whom: z.enum(['all', 'some']).default('some'),
  people: many(Id, 1_000),
  asks: z.enum(['all', 'one']).default('all'),
  due: z
    .string()
    .trim()
    .max(20)
    .default('')
    .refine((day) => day === '' || isDay(day), { error: () => say('tasks.error.due') }),
});
export type AssignPost = z.output<typeof AssignPost>;

export const NOTHING: AssignPost = { templates: [], whom: 'all', people: [], asks: 'all', due: '' };

/** What was typed into a refused form, as far as it can be shown again. */
export function typedAssign(body: Record<string, unknown>): AssignPost {
  const words = (name: string): string[] =>
    [body[name]].flat().filter((one): one is string => typeof one === 'string');
  return {
    templates: words('templates'),
    whom: body['whom'] === 'all' ? 'all' : 'some',
    people: words('people'),
    asks: body['asks'] === 'one' ? 'one' : 'all',
    due: words('due')[0] ?? '',
  };
}
