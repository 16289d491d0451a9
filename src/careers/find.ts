import type { Letter } from '../inventory/riasec.ts';
import { isProgramme, type Catalogue, type Cluster, type Option } from './career.ts';

/** What somebody searches by; empty parts ask for nothing. */
export interface Wanted {
  q: string;
  cluster: string | null;
  interest: Letter | null;
  /** Education of a career or kind of a programme. */
  level: string | null;
}

/** Options that have every word somewhere in title, text, skills or cluster; those with all in the title first. */
export function findOptions(
  options: readonly Option[],
  wanted: Wanted,
  clusters: Catalogue['clusters'],
): Option[] {
  const words = fold(wanted.q).split(/\s+/).filter(Boolean);
  const titles = new Map(clusters.map(({ id, title }) => [id, title]));
  return options
    .filter((option) => fits(option, wanted))
    .map((option) => ({ option, place: placeOf(option, words, titles) }))
    .filter(({ place }) => place !== null)
    .toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0) || a.option.title.localeCompare(b.option.title))
    .map(({ option }) => option);
}

function fits(option: Option, { cluster, interest, level }: Wanted): boolean {
  if (cluster !== null && option.cluster !== cluster) return false;
  if (interest !== null && !option.interests.slice(0, 3).includes(interest)) return false;
  return level === null || levelOf(option) === level;
}

export function levelOf(option: Option): string | null {
  return isProgramme(option) ? option.kind : option.education;
}

/** 0: all words in the title; 1: all somewhere; null: a word is missing. */
function placeOf(
  option: Option,
  words: readonly string[],
  clusters: ReadonlyMap<string, string>,
): number | null {
  const title = fold(option.title);
  if (words.every((word) => title.includes(word))) return 0;
  const skills = isProgramme(option) ? [option.needs] : option.skills;
  const all = fold(
    [option.title, option.does, ...skills, clusters.get(option.cluster ?? '') ?? ''].join(' '),
  );
  return words.every((word) => all.includes(word)) ? 1 : null;
}

/** Small letters without accents, so that "resume" finds "résumé". */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Options that lead on from this one: of its cluster and sharing an interest, the closest first. */
export function relatedOptions<T extends Option>(option: Option, others: readonly T[], limit: number): T[] {
  const shared = (other: T): number =>
    other.interests.slice(0, 3).filter((letter) => option.interests.slice(0, 3).includes(letter)).length;
  return others
    .filter((other) => other.cluster !== null && other.cluster === option.cluster && shared(other) > 0)
    .toSorted((a, b) => shared(b) - shared(a) || a.title.localeCompare(b.title))
    .slice(0, limit);
}

export function clusterOf(clusters: readonly Cluster[], id: string | null): Cluster | null {
  return clusters.find((cluster) => cluster.id === id) ?? null;
}
