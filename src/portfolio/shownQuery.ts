import { z } from 'zod';
import { LIMITS } from './evidence.ts';
import { LOOKS } from './evidenceWords.page.ts';

/** A filter that does not exist any more (an old bookmark) shows everything instead of an error. */
export const ShownQuery = z.object({
  kind: z.enum(LOOKS).or(z.literal('')).catch('').default(''),
  goal: z.string().max(100).catch('').default(''),
  skill: z.string().max(100).catch('').default(''),
  show: z.enum(['archived', '']).catch('').default(''),
  page: z.coerce.number().int().min(1).max(LIMITS.items).catch(1).default(1),
});
