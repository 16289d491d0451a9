/** Words that several pages of plan design share. */
import { COMPONENTS, type ComponentKey, type SectionKey } from '../plans/component.ts';
import type { SignerRole } from '../plans/framework.ts';
import { evidenceMark, type Preset } from '../plans/preset.ts';
import type { Words } from '../shared/page.ts';
import type { Chip } from '../shared/parts.ts';
import type { Difference } from './difference.ts';
import type { Template, TemplateStatus } from './template.ts';

export type GroupOfLines = { title: string; lines: string[] };

const STATUS = {
  draft: { tone: 'warn', icon: 'pencil' },
  published: { tone: 'done', icon: 'check' },
  retired: { tone: 'quiet', icon: 'lock' },
} as const satisfies Record<TemplateStatus, Omit<Chip, 'label'>>;

export function statusChip({ t }: Words, status: TemplateStatus): Chip {
  return { label: t(`frameworks.status.${status}`), ...STATUS[status] };
}

export function versionName({ t }: Words, { version, status }: Pick<Template, 'version' | 'status'>): string {
  return t(status === 'draft' ? 'frameworks.draft' : 'frameworks.version', { version });
}

export function gradesOf({ t }: Words, grades: Template['grades']): string {
  if (!grades) return t('frameworks.gradesAny');
  return t('frameworks.grades', { from: String(grades[0]), to: String(grades[1]) });
}

/** "Secondary source, verify", wherever a preset does not rest on the rule's own text; null: it does. */
export function markOf({ t }: Words, preset: Pick<Preset, 'evidence'>): Chip | null {
  const mark = evidenceMark(preset);
  return mark === 'read' ? null : { label: t(`frameworks.mark.${mark}`), tone: 'warn', icon: 'warn' };
}

export function partName({ t }: Words, key: ComponentKey): string {
  return t(COMPONENTS[key].label);
}

export function sectionName({ t }: Words, key: SectionKey): string {
  return t(`section.${key}`);
}

export function roleName({ t }: Words, role: SignerRole): string {
  return t(`frameworks.role.${role}`);
}

const LISTS = ['added', 'removed', 'nowRequired', 'nowOptional', 'nowConfirmed', 'nowUnconfirmed'] as const;

/** What differs, in groups with a heading; empty: nothing does. */
export function linesOf(words: Words, difference: Difference): GroupOfLines[] {
  const { t } = words;
  const lists = LISTS.map((name) => ({
    title: t(`frameworks.diff.${name}`),
    lines: difference[name].map((key) => partName(words, key)),
  }));
  const weights = [
    ...difference.sectionWeights.map(({ key, from, to }) =>
      t('frameworks.diff.weight', { name: sectionName(words, key), from, to }),
    ),
    ...difference.partWeights.map(({ key, from, to }) =>
      t('frameworks.diff.weight', { name: partName(words, key), from, to }),
    ),
  ];
  const groups = [
    ...lists,
    { title: t('frameworks.diff.weights'), lines: weights },
    { title: t('frameworks.diff.other'), lines: othersOf(words, difference) },
  ];
  return groups.filter(({ lines }) => lines.length > 0);
}

function othersOf(words: Words, { name, reviewsPerYear, signatures }: Difference): string[] {
  const { t } = words;
  return [
    ...(name ? [t('frameworks.diff.name', name)] : []),
    ...(reviewsPerYear ? [t('frameworks.diff.reviews', reviewsPerYear)] : []),
    ...signatures.map(({ role, to }) => t('frameworks.diff.signature', { role: roleName(words, role), to })),
  ];
}
