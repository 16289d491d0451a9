import { NotFound } from '../shared/errors.ts';
import {
  optionsIn,
  type Career,
  type Catalogue,
  type ExploreKind,
  type Option,
  type Programme,
} from './career.ts';
import { listRecords } from './catalogue.store.ts';
import { withRecords } from './catalogue.ts';
import { starterCatalogue } from './starter.ts';

/** A school's catalogue changes a few times a year and is read on every explore page: kept for 15 s. */
const KEEP_MS = 15_000;
/** Schools kept at once: an O*NET import is about a megabyte. */
const MOST_KEPT = 100;
const kept = new Map<string, { value: Catalogue; until: number }>();

/** All that the school's students can explore: the starter set and the school's imports. */
export async function catalogueOf(institution: string): Promise<Catalogue> {
  const entry = kept.get(institution);
  if (entry && entry.until > Date.now()) return entry.value;
  const value = withRecords(starterCatalogue(), await listRecords(institution));
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(institution, { value, until: Date.now() + KEEP_MS });
  return value;
}

/** Forgets what was read, after an import in this process. */
export function forgetCatalogues(): void {
  kept.clear();
}

/** @throws NotFound when the school's catalogue has no such career or programme. */
export function optionIn(catalogue: Catalogue, kind: 'career', id: string): Career;
export function optionIn(catalogue: Catalogue, kind: 'programme', id: string): Programme;
export function optionIn(catalogue: Catalogue, kind: ExploreKind, id: string): Option;
export function optionIn(catalogue: Catalogue, kind: ExploreKind, id: string): Option {
  const found = optionsIn(catalogue, kind).find((option) => option.id === id);
  if (!found) throw new NotFound(`${kind} ${id}`);
  return found;
}
