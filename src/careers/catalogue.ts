import type { Career, Catalogue, Cluster, Programme } from './career.ts';

/** What an import can bring. */
export const RECORD_KINDS = ['cluster', 'career', 'programme'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export interface Records {
  cluster: Cluster;
  career: Career;
  programme: Programme;
}

/** One imported row, with the import that brought it last. */
export interface StoredRecord<K extends RecordKind = RecordKind> {
  kind: K;
  key: string;
  data: Records[K];
  import: string;
}

/** The starter set with a school's own rows: one with the id of a starter row takes its place. */
export function withRecords(starter: Catalogue, records: readonly StoredRecord[]): Catalogue {
  const own = <K extends RecordKind>(kind: K): Records[K][] =>
    records.filter((record): record is StoredRecord<K> => record.kind === kind).map(({ data }) => data);
  return {
    clusters: byTitle(replaced(starter.clusters, own('cluster'))),
    careers: byTitle(replaced(starter.careers, own('career'))),
    programmes: byTitle(replaced(starter.programmes, own('programme'))),
  };
}

function replaced<T extends { id: string }>(first: readonly T[], own: readonly T[]): T[] {
  const ids = new Set(own.map(({ id }) => id));
  return [...first.filter(({ id }) => !ids.has(id)), ...own];
}

function byTitle<T extends { title: string }>(rows: readonly T[]): T[] {
  return rows.toSorted((a, b) => a.title.localeCompare(b.title));
}
