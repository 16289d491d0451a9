import { readFileSync } from 'node:fs';
import { z } from 'zod';
// Type only: the compiler copies the file beside the built code, and Node's JSON-module warning stays away.
import type file from './data/frameworks.json';

/** How far what a preset says was checked against its source. */
const Evidence = z.string().regex(/^(text\+secondary|text|secondary)( \(.+\))?$/);
const Assumed = z.union([z.boolean(), z.string()]);

const Milestone = z.strictObject({
  grade: z.int().optional(),
  before: z.int().optional(),
  term: z.string().optional(),
  days: z.int().optional(),
  what: z.string(),
});

const Review = z.strictObject({
  perYear: z.int().min(1).optional(),
  milestones: z.array(Milestone).optional(),
  conferences: z
    .array(z.strictObject({ grades: z.array(z.int()), individual: z.int(), group: z.int() }))
    .optional(),
  assumed: Assumed.optional(),
  level: z.string().optional(),
  kind: z.string().optional(),
  plus: z.string().optional(),
  window: z.string().optional(),
  with: z.array(z.string()).optional(),
  note: z.string().optional(),
});

const StoredPreset = z.strictObject({
  id: z.string().regex(/^[a-z]{2,7}(-[a-z]+)+$/),
  jurisdiction: z.string().min(1),
  name: z.string().min(1),
  grades: z.tuple([z.int(), z.int()]).nullable(),
  mandate: z.string().min(1),
  components: z.array(z.strictObject({ key: z.string(), required: z.boolean() })).min(1),
  signatures: z.array(
    z.strictObject({ role: z.string(), required: z.boolean(), condition: z.string().optional() }),
  ),
  review: Review,
  evidence: Evidence,
  /** Citation: where the rule stands. */
  sources: z.array(z.string().min(1)).min(1),
  notes: z.string(),
});

const File = z
  .strictObject({
    vocabulary: z.record(z.string(), z.string()),
    evidenceLevels: z.record(z.string(), z.string()),
    frameworks: z.array(StoredPreset),
  })
  .superRefine(({ vocabulary, frameworks }, context) => {
    const unknown = frameworks.flatMap(({ id, components }) =>
      components.filter(({ key }) => !(key in vocabulary)).map(({ key }) => `${id}: ${key}`),
    );
    if (unknown.length > 0)
      context.addIssue({ code: 'custom', message: `No such component: ${unknown.join(', ')}` });
  });
type FrameworksFile = z.infer<typeof File>;

/** A framework of a state or country, with the source it was read from. It waits for its missing sections. */
export interface Preset extends Omit<z.infer<typeof StoredPreset>, 'components'> {
  components: PresetComponent[];
  /** The evidence mark in words. */
  evidenceWords: string;
  /** Required components that have a section, of all required ones. */
  covered: { have: number; of: number };
}

interface PresetComponent {
  key: string;
  label: string;
  required: boolean;
  /** Whether a plan has a section for it today. */
  hasSection: boolean;
}

/** Components of the shared vocabulary that the plan's first form can hold. */
const WITH_SECTION: ReadonlySet<string> = new Set([
  'self.strengths',
  'self.interests',
  'career.goal',
  'edu.goal',
  'personal.social',
]);

let loaded: readonly Preset[] | null = null;

/** All presets, in the file's order. @throws ZodError when the file does not hold what it should. */
export function listPresets(): readonly Preset[] {
  loaded ??= toPresets(File.parse(readStored()));
  return loaded;
}

function readStored(): typeof file {
  const path = new URL('./data/frameworks.json', import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as typeof file;
}

function toPresets({ vocabulary, evidenceLevels, frameworks }: FrameworksFile): Preset[] {
  return frameworks.map((stored) => {
    const components = stored.components.map(({ key, required }) => ({
      key,
      label: vocabulary[key] ?? key,
      required,
      hasSection: WITH_SECTION.has(key),
    }));
    return {
      ...stored,
      components,
      evidenceWords: evidenceWords(stored.evidence, evidenceLevels),
      covered: coverage(components),
    };
  });
}

function coverage(components: readonly PresetComponent[]): Preset['covered'] {
  const required = components.filter((component) => component.required);
  return { have: required.filter(({ hasSection }) => hasSection).length, of: required.length };
}

function evidenceWords(evidence: string, levels: Record<string, string>): string {
  const [level = '', ...remark] = evidence.split(' ');
  const both = `${levels['text'] ?? ''}; ${levels['secondary'] ?? ''}`;
  return [level === 'text+secondary' ? both : (levels[level] ?? level), ...remark].join(' ');
}
