import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { COMPONENT_KEYS, type ComponentKey } from './component.ts';
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
  components: z.array(z.strictObject({ key: z.enum(COMPONENT_KEYS), required: z.boolean() })).min(1),
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

/** A framework of a state or country, with the source it was read from. */
export interface Preset extends Omit<z.infer<typeof StoredPreset>, 'components'> {
  components: PresetComponent[];
  /** The evidence mark in words. */
  evidenceWords: string;
}

interface PresetComponent {
  key: ComponentKey;
  /** The vocabulary's words for it. */
  label: string;
  required: boolean;
}

/**
 * How far a school may rely on a preset: `read`, the rule's own text was read; `dated`, the text was read with
 * a remark, such as an older version; `secondary`, part of it comes from summaries.
 */
export function evidenceMark({ evidence }: Pick<Preset, 'evidence'>): 'read' | 'dated' | 'secondary' {
  if (evidence === 'text') return 'read';
  return evidence.startsWith('text (') ? 'dated' : 'secondary';
}

let loaded: readonly Preset[] | null = null;

/** All presets, in the file's order. @throws ZodError when the file does not hold what it should. */
export function listPresets(): readonly Preset[] {
  loaded ??= toPresets(File.parse(readStored()));
  return loaded;
}

/** The presets of these ids, in the file's order; unknown ids are left out. */
export function presetsOf(ids: readonly string[]): Preset[] {
  return listPresets().filter(({ id }) => ids.includes(id));
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
    }));
    return { ...stored, components, evidenceWords: evidenceWords(stored.evidence, evidenceLevels) };
  });
}

function evidenceWords(evidence: string, levels: Record<string, string>): string {
  const [level = '', ...remark] = evidence.split(' ');
  const both = `${levels['text'] ?? ''}; ${levels['secondary'] ?? ''}`;
  return [level === 'text+secondary' ? both : (levels[level] ?? level), ...remark].join(' ');
}
