import type { Words } from '../shared/page.ts';
import type { Plan } from './plan.ts';
import type { PlanPart, ReadPart } from './planPart.ts';

/** Told once at the start: plans know their parts only by this contract (`planPart.ts`). */
let parts: readonly PlanPart[] = [];

/** Puts the features' parts into the plan, in the order they are read. */
export function providePlanParts(all: readonly PlanPart[]): void {
  parts = all;
}

export function planParts(): readonly PlanPart[] {
  return parts;
}

/** Every part that says anything, read one after the other: a transaction allows no two at once. */
export async function readParts(
  plan: Pick<Plan, 'institution' | 'person'>,
  words: Words,
): Promise<ReadPart[]> {
  const read: ReadPart[] = [];
  for (const part of parts) {
    const lines = await part.read(plan, words);
    const { key, section, href } = part;
    if (lines.length > 0) read.push({ key, section, href, title: part.title(words), lines });
  }
  return read;
}
