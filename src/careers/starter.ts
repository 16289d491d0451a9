import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { CareerRow, ClusterRow, ProgrammeRow } from './catalogueRow.ts';
import type { Catalogue } from './career.ts';
// Types only: the compiler copies the files beside the built code (see plans/preset.ts).
import type careers from './data/careers.json';
import type clusters from './data/clusters.json';
import type programmes from './data/programmes.json';

interface Files {
  clusters: typeof clusters;
  careers: typeof careers;
  programmes: typeof programmes;
}

let loaded: Catalogue | null = null;

/**
 * The set that every school starts with, written by us: the 14 clusters of the National Career Clusters Framework
 * (2024) by name, and careers and kinds of programmes without pay, outlook or real institutions.
 * @throws ZodError when a file does not hold what it should.
 */
export function starterCatalogue(): Catalogue {
  loaded ??= {
    clusters: z.array(ClusterRow).parse(read('clusters')),
    careers: z.array(CareerRow).parse(read('careers')),
    programmes: z.array(ProgrammeRow).parse(read('programmes')),
  };
  return loaded;
}

function read<K extends keyof Files>(name: K): Files[K] {
  return JSON.parse(readFileSync(new URL(`./data/${name}.json`, import.meta.url), 'utf8')) as Files[K];
}
