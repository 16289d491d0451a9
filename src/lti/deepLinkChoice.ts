import { z } from 'zod';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { say } from '../plans/say.ts';
import { endOfDay, parseDay } from '../tasks/dueDate.ts';
import { listTemplates, type TaskTemplate } from '../tasks/template.ts';
import type { MessageKey } from '../shared/i18n.ts';

const Text = z.string().trim().max(100).default('');

/** Points and due date of every template: all of them come with the form, the ones of unticked tasks too. */
const details = Object.fromEntries(
  listTemplates().flatMap(({ id }) => [
    [`points.${id}`, Text],
    [`due.${id}`, Text],
  ]),
);

const picked = {
  q: Text,
  grade: Text,
  part: Text,
  task: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((value) => [value].flat()),
};

/** What stands in the picker's fields, points and due dates by template id. */
export interface PickerQuery {
  q: string;
  grade: string;
  part: string;
  task: string[];
  points: Record<string, string>;
  due: Record<string, string>;
}

function textIn(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

type Flat = Omit<PickerQuery, 'points' | 'due'> & Record<string, unknown>;

function byTemplate(flat: Flat): PickerQuery {
  const of = (name: 'points' | 'due'): Record<string, string> =>
    Object.fromEntries(listTemplates().map(({ id }) => [id, textIn(flat[`${name}.${id}`])]));
  const { q, grade, part, task } = flat;
  return { q, grade, part, task, points: of('points'), due: of('due') };
}

/** In the address, after a search. */
export const PickerQuery = z.object({ ...details, ...picked }).transform((flat) => byTemplate(flat as Flat));

/** In the form: search, add or cancel. */
export const PickerForm = z
  .strictObject({ ...details, ...picked, do: z.enum(['find', 'add', 'cancel']) })
  .transform(({ do: action, ...flat }) => ({ do: action, ...byTemplate(flat as Flat) }));

/** The grades an advisor can search for. */
export const GRADES = [6, 7, 8, 9, 10, 11, 12] as const;

/** The parts of the plan that have a task, in the templates' order. */
export function partsOf(templates: readonly TaskTemplate[]): MessageKey[] {
  return [...new Set(templates.map(({ part }) => part))];
}

/** Templates that fit the search; chosen ones stay, so that nothing is added that is not seen. */
export function fittingTemplates(
  templates: readonly TaskTemplate[],
  { q, grade, part, task }: Pick<PickerQuery, 'q' | 'grade' | 'part' | 'task'>,
  wordsOf: (template: TaskTemplate) => string,
): TaskTemplate[] {
  const wanted = q.toLocaleLowerCase().split(/\s+/u).filter(Boolean);
  return templates.filter((template) => {
    if (task.includes(template.id)) return true;
    const [from, to] = template.grades;
    const inGrade = grade === '' || (Number(grade) >= from && Number(grade) <= to);
    const inPart = part === '' || template.part === part;
    const text = wordsOf(template).toLocaleLowerCase();
    return inGrade && inPart && wanted.every((word) => text.includes(word));
  });
}

/** One task as it will be made. */
export interface Choice {
  template: string;
  points: number;
  dueAt: Date | null;
}

/**
 * The chosen tasks in the picker's order. @param rules the school's zone and today there; whether the place
 * takes several. @throws Invalid naming each field that does not fit
 */
export function choicesFrom(
  form: PickerQuery,
  rules: { zone: string; today: string; multiple: boolean },
): Choice[] {
  const chosen = listTemplates().filter(({ id }) => form.task.includes(id));
  if (chosen.length === 0) throw new Invalid([{ field: 'task', message: say('assign.error.none') }]);
  if (chosen.length > 1 && !rules.multiple)
    throw new Invalid([{ field: 'task', message: say('assign.error.one') }]);
  const problems = chosen.flatMap((template) => problemsOf(template, form, rules.today));
  if (problems.length > 0) throw new Invalid(problems);
  return chosen.map((template) => choiceOf(template, form, rules.zone));
}

function problemsOf({ id, title }: TaskTemplate, form: PickerQuery, today: string): FieldError[] {
  const problem = (field: 'points' | 'due', why: 'points' | 'date' | 'past'): FieldError => ({
    field: `${field}.${id}`,
    message: say(`assign.error.${why}`, { title: say(title) }),
  });
  const [points = '', due = ''] = [form.points[id], form.due[id]];
  const day = parseDay(due);
  return [
    ...(points !== '' && !isPoints(points) ? [problem('points', 'points')] : []),
    ...(due !== '' && day === null ? [problem('due', 'date')] : []),
    ...(day !== null && day < today ? [problem('due', 'past')] : []),
  ];
}

/** What `prepareLinks` takes: a whole number from 1 to 1,000. */
function isPoints(text: string): boolean {
  return /^\d{1,4}$/.test(text) && Number(text) >= 1 && Number(text) <= 1_000;
}

function choiceOf({ id, points }: TaskTemplate, form: PickerQuery, zone: string): Choice {
  const [given = '', due] = [form.points[id], parseDay(form.due[id] ?? '')];
  return {
    template: id,
    points: given === '' ? points : Number(given),
    dueAt: due === null ? null : endOfDay(due, zone),
  };
}
