import type { FieldError } from './errors.ts';

/** What is wrong with a field, to be said beside it; null: nothing. */
export function errorOf(problems: readonly FieldError[], field: string): string | null {
  return problems.find((problem) => problem.field === field)?.message ?? null;
}
