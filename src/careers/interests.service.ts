import { interestsOf } from '../inventory/inventory.service.ts';
import type { Interests } from './interest.ts';

/** The student's inventory result that suggestions are made from; null: none was taken. The one place it is asked for. */
export async function interestsFor(institution: string, student: string): Promise<Interests | null> {
  return interestsOf(institution, student);
}
