import { assessmentImport } from './assessments/assessmentImport.service.ts';
import { completedImport } from './coursePlan/completedImport.service.ts';
import type { ImportTarget } from './imports/target.ts';
import { catalogueImport } from './pathways/catalogueImport.service.ts';
import { requirementImport } from './pathways/requirementImport.service.ts';

/** Everything an administrator can import, in the page's order. A feature adds its target here. */
export const IMPORT_TARGETS: readonly ImportTarget[] = [
  catalogueImport,
  requirementImport,
  completedImport,
  assessmentImport,
];
