/** What a browser sends about a result, and what it must look like to be kept. */
import { z } from 'zod';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { typedText } from '../shared/typedText.ts';
import { ASSESSMENT_KINDS, LIMITS, type Assessment } from './assessment.ts';

const tooLong = (limit: number) => ({ error: () => say('assessments.error.tooLong', { limit }) });
const oneLine = (limit: number) =>
  z
    .string()
    .max(20_000)
    .overwrite((text) => text.replaceAll(/\s+/g, ' ').trim())
    .max(limit, tooLong(limit));

const FACTS = {
  kind: z.enum(ASSESSMENT_KINDS, { error: () => say('assessments.error.kind') }),
  name: oneLine(LIMITS.line).min(1, { error: () => say('assessments.error.name') }),
  subject: oneLine(LIMITS.short).default(''),
  date: z
    .string()
    .trim()
    .max(20)
    .refine(isDay, { error: () => say('assessments.error.date') }),
  score: oneLine(LIMITS.short).default(''),
  level: oneLine(LIMITS.short).default(''),
};
const tells = typedText().max(20_000).trim().max(LIMITS.text, tooLong(LIMITS.text)).default('');

/** A score or a level: one of them says how it went. */
const hasResult = ({ score, level }: { score: string; level: string }): boolean =>
  score !== '' || level !== '';
const NO_RESULT = { path: ['score'], error: () => say('assessments.error.score') };

/** A new result, by the student. */
export const NewAssessment = z.strictObject({ ...FACTS, tells }).refine(hasResult, NO_RESULT);

/** A new result, by staff: what it tells the student is the student's to say. */
export const StaffAssessment = z.strictObject(FACTS).refine(hasResult, NO_RESULT);

/** A change. Of a result that the school entered, only `tells` counts, so the rest may be left out. */
export const AssessmentPost = z
  .union([
    z.strictObject({ ...FACTS, tells, ...hidden() }).refine(hasResult, NO_RESULT),
    z.strictObject({ tells, ...hidden() }),
  ])
  .transform(({ _version, keep, tells: words, ...facts }) => ({
    version: _version,
    keep: keep ?? null,
    tells: words,
    facts: 'name' in facts ? facts : null,
  }));

function hidden() {
  return {
    _version: z.coerce.number().int().min(0).max(1_000_000).default(0),
    /** From the two-versions page: whose words stay. */
    keep: z.enum(['mine', 'theirs']).optional(),
  };
}

/** The form as text, as it is stored or was typed. */
export type TypedAssessment = Record<(typeof TYPED)[number], string>;
const TYPED = ['kind', 'name', 'subject', 'date', 'score', 'level', 'tells'] as const;

export function typedIn(body: Record<string, unknown>): TypedAssessment {
  return Object.fromEntries(
    TYPED.map((name) => [name, typeof body[name] === 'string' ? body[name] : '']),
  ) as TypedAssessment;
}

export function typedFrom(one: Assessment | null): TypedAssessment {
  return typedIn(one ? { ...one } : {});
}
