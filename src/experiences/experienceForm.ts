/** What a browser sends about an experience, and what it must look like to be kept. */
import { z } from 'zod';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { Id } from '../shared/model.ts';
import { typedText } from '../shared/typedText.ts';
import { SKILL_KEYS } from '../skills/skill.ts';
import { EXPERIENCE_KINDS, LIMITS, type Experience, type ExperienceFacts } from './experience.ts';

const tooLong = (limit: number) => ({ error: () => say('experiences.error.tooLong', { limit }) });
export const oneLine = (limit: number) =>
  z
    .string()
    .max(20_000)
    .overwrite((text) => text.replaceAll(/\s+/g, ' ').trim())
    .max(limit, tooLong(limit));
export const longText = (limit: number) => typedText().max(20_000).trim().max(limit, tooLong(limit));
/** A calendar day or nothing. */
export const OptionalDay = z
  .string()
  .trim()
  .max(20)
  .default('')
  .refine((text) => text === '' || isDay(text), { error: () => say('experiences.error.day') })
  .transform((text) => text || null);
export const Kind = z.enum(EXPERIENCE_KINDS, { error: () => say('experiences.error.kind') });

/** One ticked box comes as a word, several as a list; the two-versions page sends them as `a, b`. */
const Skills = z
  .union([z.string().transform((text) => text.split(/, ?/).filter(Boolean)), z.array(z.string())])
  .default([])
  .pipe(z.array(z.enum(SKILL_KEYS)).max(SKILL_KEYS.length));

const FIELDS = {
  kind: Kind,
  title: oneLine(LIMITS.line).min(1, { error: () => say('experiences.error.title') }),
  organisation: oneLine(LIMITS.line).default(''),
  from: OptionalDay,
  to: OptionalDay,
  supervisorName: oneLine(LIMITS.line).default(''),
  supervisorContact: oneLine(LIMITS.line).default(''),
  reflection: longText(LIMITS.text).default(''),
  skills: Skills,
  goal: z.union([Id, z.literal('').transform(() => null)]).default(null),
};

/** The whole form; `version` is what the writer saw. */
export const ExperiencePost = z
  .strictObject({
    ...FIELDS,
    _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
    /** From the two-versions page: whose words stay. */
    keep: z.enum(['mine', 'theirs']).optional(),
  })
  .refine(({ from, to }) => from === null || to === null || from <= to, {
    path: ['to'],
    error: () => say('experiences.error.order'),
  })
  .transform(({ _version, keep, supervisorName, supervisorContact, ...facts }) => ({
    version: _version,
    keep: keep ?? null,
    facts: {
      ...facts,
      supervisor: { name: supervisorName, contact: supervisorContact },
    } satisfies ExperienceFacts,
  }));

/** The first questions of a new one. */
export const NewExperience = z.strictObject({
  kind: FIELDS.kind,
  title: FIELDS.title,
  organisation: FIELDS.organisation,
  from: FIELDS.from,
  opportunity: z.union([Id, z.literal('').transform(() => null)]).default(null),
});

/** Hours in quarters, as typed: "1.5" or "1,5". */
export const HoursPost = z.discriminatedUnion('do', [
  z.strictObject({
    do: z.literal('add'),
    day: z
      .string()
      .trim()
      .refine(isDay, { error: () => say('experiences.error.day') }),
    hours: z
      .string()
      .trim()
      .max(10)
      .transform((text) => Number(text.replace(',', '.')))
      .refine((hours) => hours > 0 && hours <= LIMITS.perEntry && Number.isInteger(hours * 4), {
        error: () => say('experiences.error.hoursNumber'),
      }),
    note: oneLine(LIMITS.note).default(''),
  }),
  z.strictObject({ do: z.literal('remove'), entry: Id }),
]);

/** The form as text, as it is stored or was typed. */
export interface TypedExperience {
  kind: string;
  title: string;
  organisation: string;
  from: string;
  to: string;
  supervisorName: string;
  supervisorContact: string;
  reflection: string;
  skills: string[];
  goal: string;
}

export function typedFrom(one: Experience): TypedExperience {
  return {
    kind: one.kind,
    title: one.title,
    organisation: one.organisation,
    from: one.from ?? '',
    to: one.to ?? '',
    supervisorName: one.supervisor.name,
    supervisorContact: one.supervisor.contact,
    reflection: one.reflection,
    skills: one.skills,
    goal: one.goal ?? '',
  };
}

/** What was typed into a form that was refused, whatever it was. */
export function typedIn(body: Record<string, unknown>): TypedExperience {
  const text = (name: string): string => {
    const value = body[name];
    return typeof value === 'string' ? value : '';
  };
  const skills = [body['skills'] ?? []].flat().filter((one): one is string => typeof one === 'string');
  return {
    kind: text('kind'),
    title: text('title'),
    organisation: text('organisation'),
    from: text('from'),
    to: text('to'),
    supervisorName: text('supervisorName'),
    supervisorContact: text('supervisorContact'),
    reflection: text('reflection'),
    skills,
    goal: text('goal'),
  };
}

/** The texts of the form by field, for the page that shows two versions. */
export function textsOf(one: Experience): Record<string, string> {
  const { skills, ...texts } = typedFrom(one);
  return { ...texts, skills: skills.join(', ') };
}

export function isSameForm(a: Experience, b: Experience): boolean {
  return JSON.stringify(typedFrom(a)) === JSON.stringify(typedFrom(b));
}
