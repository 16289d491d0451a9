import { z } from 'zod';
import { say } from '../plans/say.ts';
import type { FieldError } from '../shared/errors.ts';
import { isDay } from '../shared/day.ts';
import { typedText } from '../shared/typedText.ts';
import { EVIDENCE_KINDS, LIMITS, type Evidence, type EvidenceKind } from './evidence.ts';
import { safeLink } from './link.ts';

/** One or several ticks of the same name, as a browser sends them. */
const Ticked = z
  .union([z.string().max(100), z.array(z.string().max(100)).max(60)])
  .default([])
  .transform((value) => [...new Set([value].flat())]);

const text = typedText().max(20_000).default('');

const FIELDS = {
  title: text,
  reflection: text,
  alt: text,
  day: text,
  url: text,
  text,
  goals: Ticked,
  skills: Ticked,
  courses: Ticked,
  tasks: Ticked,
  audience: z.enum(['advisor', 'family']).default('advisor'),
  capstone: z
    .literal('1')
    .optional()
    .transform((value) => value === '1'),
};

/** Everything that is written of a piece of evidence, as typed. */
export type EvidenceForm = z.output<z.ZodObject<typeof FIELDS>>;

/** A new one. `earlier`: a file given before. */
export const NewEvidencePost = z.strictObject({
  ...FIELDS,
  kind: z.enum(EVIDENCE_KINDS),
  earlier: z.string().max(100).default(''),
});

export const EvidencePost = z.strictObject({
  ...FIELDS,
  _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
});

/** What was typed, as far as it can be shown again after any error. */
export const TypedEvidence = z.object({
  ...Object.fromEntries(
    ['title', 'reflection', 'alt', 'day', 'url', 'text'].map((name) => [name, text.catch('')]),
  ),
  ...Object.fromEntries(['goals', 'skills', 'courses', 'tasks'].map((name) => [name, Ticked.catch([])])),
  audience: FIELDS.audience.catch('advisor'),
  capstone: FIELDS.capstone.catch(false),
  kind: z.enum(EVIDENCE_KINDS).catch('file'),
  earlier: z.string().max(100).catch(''),
}) as unknown as z.ZodType<EvidenceForm & { kind: EvidenceKind; earlier: string }>;

/** The ids a student may tie evidence to: their own. */
export interface OwnTies {
  goals: ReadonlySet<string>;
  skills: ReadonlySet<string>;
  courses: ReadonlySet<string>;
  tasks: ReadonlySet<string>;
}

export const TIE_KINDS = ['goals', 'skills', 'courses', 'tasks'] as const;
export type TieKind = (typeof TIE_KINDS)[number];

/** What is stored of a form. */
export type EvidenceContent = Pick<
  Evidence,
  'title' | 'reflection' | 'alt' | 'day' | 'url' | 'text' | TieKind | 'audience' | 'capstone'
>;

/** The form as it is stored. @param today the day of an evidence that names none */
export function contentOf(form: EvidenceForm, kind: EvidenceKind, today: string): EvidenceContent {
  const { goals, skills, courses, tasks, audience, capstone } = form;
  return {
    title: oneLine(form.title),
    reflection: form.reflection.trim(),
    alt: kind === 'file' ? oneLine(form.alt) : '',
    day: form.day.trim() || today,
    url: kind === 'link' ? safeLink(form.url) : null,
    text: kind === 'text' ? form.text.trim() : '',
    goals,
    skills,
    courses,
    tasks,
    audience,
    capstone,
  };
}

/** Everything that is wrong with a form, by field, in the form's order. The file is judged elsewhere. */
export function problemsOf(
  form: EvidenceForm,
  kind: EvidenceKind,
  { own, today }: { own: OwnTies; today: string },
): FieldError[] {
  const content = contentOf(form, kind, today);
  const wrong = (field: string, is: boolean, message: string): FieldError[] =>
    is ? [{ field, message }] : [];
  const long = (field: 'title' | 'reflection' | 'alt' | 'text'): FieldError[] =>
    wrong(
      field,
      content[field].length > LIMITS[field],
      say('portfolio.error.long', { limit: LIMITS[field], over: content[field].length - LIMITS[field] }),
    );
  return [
    ...wrong('title', content.title === '', say('portfolio.error.title')),
    ...long('title'),
    ...wrong('url', kind === 'link' && content.url === null, say('portfolio.error.url')),
    ...wrong('text', kind === 'text' && content.text === '', say('portfolio.error.text')),
    ...long('text'),
    ...long('reflection'),
    ...wrong('day', !isDay(content.day), say('portfolio.error.day')),
    ...wrong('day', isDay(content.day) && content.day > today, say('portfolio.error.future')),
    ...TIE_KINDS.flatMap((tie) => [
      ...wrong(tie, !content[tie].every((id) => own[tie].has(id)), say('portfolio.error.tie')),
      ...wrong(tie, content[tie].length > LIMITS.ties, say('portfolio.error.ties', { limit: LIMITS.ties })),
    ]),
    ...long('alt'),
  ];
}

/** The form that shows a stored piece again. */
export function formOf(evidence: Evidence): EvidenceForm {
  const { title, reflection, alt, day, text: words, goals, skills, courses, tasks } = evidence;
  const { audience, capstone } = evidence;
  const ties = { goals, skills, courses, tasks };
  return { title, reflection, alt, day, url: evidence.url ?? '', text: words, ...ties, audience, capstone };
}

/** What the advisor confirmed is no longer what is shown. */
export function showsOther(before: Evidence, after: EvidenceContent): boolean {
  return before.url !== after.url || before.text !== after.text || !after.capstone;
}

function oneLine(words: string): string {
  return words.replaceAll(/\s+/g, ' ').trim();
}
