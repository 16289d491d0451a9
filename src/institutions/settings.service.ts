import { NotFound } from '../shared/errors.ts';
import type { Institution } from './institution.ts';
import { findInstitution } from './institution.store.ts';

/** A school's settings change a few times a year and are read on every page: kept for 15 s. */
const KEEP_MS = 15_000;
const kept = new Map<string, { value: Institution; until: number }>();

/** The school with its settings. @throws NotFound when it is gone. */
export async function settingsOf(institution: string): Promise<Institution> {
  const entry = kept.get(institution);
  if (entry && entry.until > Date.now()) return entry.value;
  const value = await findInstitution(institution);
  if (!value) throw new NotFound(`institution ${institution}`);
  if (kept.size > 5_000) kept.clear();
  kept.set(institution, { value, until: Date.now() + KEEP_MS });
  return value;
}

/** Forgets what was read, after a change in this process. */
export function forgetSettings(): void {
  kept.clear();
}
