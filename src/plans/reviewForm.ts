import { z } from 'zod';
import { WRITTEN_KEYS, type PlanSection } from './plan.ts';
import { PART_KEYS } from './planPart.ts';
import { LONGEST_COMMENT } from './comment.ts';
import type { PlanReview, ReviewAnswer } from './review.ts';
import { typedText } from '../shared/typedText.ts';
import { say } from './say.ts';

const SECTION = new RegExp(`^(${WRITTEN_KEYS.join('|')}|goal:[0-9a-f]{24}|part:(${PART_KEYS.join('|')}))$`);

/** A section's name in an address or a form. */
export const SectionName = z.custom<PlanSection>(
  (value) => typeof value === 'string' && (SECTION.test(value) || value === 'plan'),
  say('plans.error.noSection'),
);

export const CommentText = typedText()
  .trim()
  .min(1, say('plans.error.comment'))
  .max(LONGEST_COMMENT, say('plans.error.tooLong', { limit: LONGEST_COMMENT }));

/** What was typed of one section; an answer that was not given leaves the stored one. */
export interface TypedSection {
  section: PlanSection;
  answer: 'good' | 'change' | null;
  comment: string;
  /** Version of the stored answer this page was made from. */
  seen: number;
}

/** The whole draft as one form: answers and comments by section, the note, and what to do. */
export interface ReviewForm {
  do: 'save' | 'return' | 'approve';
  note: string;
  openNext: boolean;
  /** Version of the draft this page was made from; 0: the review had not begun. */
  version: number;
  sections: TypedSection[];
}

const Do = z.enum(['save', 'return', 'approve']).default('save');
const Version = z.coerce.number().int().min(0).max(1_000_000).default(0);
const Answer = z.enum(['good', 'change']).nullable().default(null);

/**
 * Reads the form's fields: `do`, `note`, `openNext`, `_version`, and for each section `answer.SECTION`,
 * `comment.SECTION` and `seen.SECTION`. A field of any other name is refused.
 */
export const ReviewForm = z.record(z.string(), z.string()).transform((fields, context): ReviewForm => {
  const read = <T>(schema: z.ZodType<T>, value: string | undefined, path: string): T | undefined => {
    const parsed = schema.safeParse(value);
    if (!parsed.success) context.addIssue({ code: 'custom', path: [path], message: messageOf(parsed.error) });
    return parsed.data;
  };
  for (const name of Object.keys(fields))
    if (!isKnown(name)) context.addIssue({ code: 'custom', path: [name], message: 'unknown field' });
  return {
    do: read(Do, fields['do'], 'do') ?? 'save',
    note: read(Words, fields['note'] ?? '', 'note') ?? '',
    openNext: fields['openNext'] === '1',
    version: read(Version, fields['_version'], '_version') ?? 0,
    sections: sectionsIn(fields).map((section) => ({
      section,
      answer: read(Answer, fields[`answer.${section}`], section) ?? null,
      comment: read(Words, fields[`comment.${section}`] ?? '', section) ?? '',
      seen: read(Version, fields[`seen.${section}`], section) ?? 0,
    })),
  };
});

const Words = typedText()
  .trim()
  .max(LONGEST_COMMENT, say('plans.error.tooLong', { limit: LONGEST_COMMENT }));

function messageOf(error: z.ZodError): string {
  return error.issues[0]?.message ?? '';
}

const PER_SECTION = /^(?:answer|comment|seen)\.(.+)$/;

function isKnown(name: string): boolean {
  const section = PER_SECTION.exec(name)?.[1];
  return section === undefined
    ? ['do', 'note', 'openNext', '_version'].includes(name)
    : SECTION.test(section);
}

function sectionsIn(fields: Readonly<Record<string, string>>): PlanSection[] {
  const names = Object.keys(fields).flatMap((name) => PER_SECTION.exec(name)?.[1] ?? []);
  return [...new Set(names)].filter((name) => SECTION.test(name)) as PlanSection[];
}

/** Fields of a refused post as they were typed, to be shown again; nothing is checked. */
export function typedFields(body: Readonly<Record<string, unknown>>): {
  note: string;
  openNext: boolean;
  sections: TypedSection[];
} {
  const fields = Object.fromEntries(
    Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const sections = sectionsIn(fields).map((section): TypedSection => {
    const answer = fields[`answer.${section}`];
    return {
      section,
      answer: answer === 'good' || answer === 'change' ? answer : null,
      comment: fields[`comment.${section}`] ?? '',
      seen: 0,
    };
  });
  return { note: fields['note'] ?? '', openNext: fields['openNext'] === '1', sections };
}

/** What of the form is new to the draft: each to be saved with the version that was seen. */
export function newAnswers(
  form: Pick<ReviewForm, 'version' | 'sections'>,
  review: Pick<PlanReview, 'version' | 'answers'>,
): { section: PlanSection; answer: ReviewAnswer['answer']; comment: string; seen: number }[] {
  const current = isCurrent(form.version, review);
  return form.sections.flatMap(({ section, answer, comment, seen }) => {
    const stored = review.answers.find((one) => one.section === section);
    const wanted = answer ?? stored?.answer ?? 'none';
    const isSame = (stored?.answer ?? 'none') === wanted && (stored?.comment ?? '') === comment;
    // A section nobody touched on an older page is left as another tab has it since.
    const isUntouched = !current && seen !== (stored?.version ?? 0) && comment === '' && answer === null;
    if (isSame || isUntouched) return [];
    return [{ section, answer: wanted, comment, seen: current ? (stored?.version ?? 0) : seen }];
  });
}

/** Whether a page made from this version of the draft shows what is stored now; 0: before the review began. */
export function isCurrent(version: number, review: Pick<PlanReview, 'version' | 'answers'>): boolean {
  return version === review.version || (version === 0 && review.answers.length === 0);
}
