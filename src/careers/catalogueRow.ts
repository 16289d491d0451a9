/**
 * One row of a cluster, career or programme file, checked. The starter set and every import go through the same
 * schemas, so what a page prints has one shape whatever its source.
 */
import { z } from 'zod';
import type { Letter } from '../inventory/riasec.ts';
import {
  EDUCATION,
  LIMITS,
  PROGRAMME_KINDS,
  SUBJECTS,
  type Career,
  type Cluster,
  type Programme,
} from './career.ts';

const MISSING = 'This is missing.';
const line = z.string(MISSING).trim().min(1, MISSING).max(LIMITS.line);
const RowId = z
  .string(MISSING)
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9](?:[a-z0-9.-]{0,78}[a-z0-9])?$/, 'Use letters, digits, dots and hyphens for the id.');
const optionalText = z
  .string()
  .trim()
  .max(LIMITS.text)
  .nullish()
  .transform((text) => text || null);

/** A list as JSON has it, or as one cell of a CSV file: `math; science`. */
function listOf<T extends z.ZodType<string, string>>(item: T) {
  const cell = z.string().transform((text) =>
    text
      .split(/[;|]/)
      .map((part) => part.trim())
      .filter(Boolean),
  );
  return z
    .union([z.array(z.string()), cell])
    .default([])
    .pipe(z.array(item).max(LIMITS.list, `Name at most ${LIMITS.list}.`));
}

const Letters = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[RIASEC]{0,6}$/, 'Use the letters R, I, A, S, E and C for interests, the strongest first.')
  .refine((text) => new Set(text).size === text.length, 'Name each interest letter once.')
  .transform((text) => text.split('') as Letter[])
  .default([]);

const explored = {
  id: RowId,
  title: line.max(LIMITS.title),
  cluster: z
    .string()
    .trim()
    .toLowerCase()
    .nullish()
    .transform((text) => text || null),
  does: z.string(MISSING).trim().min(1, MISSING).max(LIMITS.text),
  interests: Letters,
  subjects: listOf(z.enum(SUBJECTS, `Subjects are: ${SUBJECTS.join(', ')}.`)),
  source: optionalText,
};

export const ClusterRow = z.strictObject({
  id: RowId,
  title: line.max(LIMITS.title),
  does: z.string(MISSING).trim().min(1, MISSING).max(LIMITS.text),
}) satisfies z.ZodType<Cluster>;

export const CareerRow = z
  .strictObject({
    ...explored,
    education: z
      .union([
        z.enum(EDUCATION, `Education is one of: ${EDUCATION.join(', ')}.`),
        z.literal('').transform(() => null),
      ])
      .nullish()
      .transform((level) => level ?? null),
    skills: listOf(line),
    pay: optionalText,
    outlook: optionalText,
  })
  .refine(({ pay, outlook, source }) => (pay === null && outlook === null) || source !== null, {
    path: ['source'],
    message: 'Name the source of pay or outlook.',
  }) satisfies z.ZodType<Career>;

export const ProgrammeRow = z.strictObject({
  ...explored,
  kind: z.enum(PROGRAMME_KINDS, `Kind is one of: ${PROGRAMME_KINDS.join(', ')}.`),
  length: line,
  needs: z.string().trim().max(LIMITS.text).default(''),
}) satisfies z.ZodType<Programme>;
