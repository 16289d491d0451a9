/** What stands beside a template: its versions, what makes 100 %, and a small preview. */
import type { Framework } from '../plans/framework.ts';
import { presetsOf } from '../plans/preset.ts';
import type { Words } from '../shared/page.ts';
import type { Chip } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { sinceOf, type VersionCount } from './frameworkList.page.ts';
import { markOf, sectionName, statusChip, versionName } from './frameworkWords.page.ts';
import { shareOfSections } from './reach.ts';
import type { Template } from './template.ts';

export interface TemplateAside {
  versions: { title: string; href: string | null; sub: string; status: Chip }[];
  compare: { label: string; href: string } | null;
  /** A stack bar of 1,000 units; `cls` is the colour of bar and legend. */
  hundred: {
    bars: { x: number; width: number; cls: string }[];
    legend: { label: string; share: string; cls: string }[];
  };
  preview: { sees: string; sections: { label: string; tally: string }[]; href: string };
  milestones: string[];
  sources: { preset: string; sources: readonly string[]; mark: Chip | null }[];
}

export interface AsideFacts {
  template: Template;
  /** The template as a plan would be measured by it. */
  framework: Framework;
  /** All of the school's templates. */
  templates: readonly Template[];
  counts: readonly VersionCount[];
}

/** A grade the plan is for, to show it to. */
export function sampleGrade({ grades }: Pick<Template, 'grades'>): number {
  if (!grades) return 9;
  return grades[0] <= 9 && 9 <= grades[1] ? 9 : grades[0];
}

/** The version a template is compared with: the published one of the same key, else the one before it. */
export function comparedWith(template: Template, templates: readonly Template[]): Template | null {
  const others = templates.filter(
    ({ key, id, status }) => key === template.key && id !== template.id && status !== 'draft',
  );
  const published =
    template.status === 'draft' ? others.find(({ status }) => status === 'published') : undefined;
  return published ?? others.find(({ version }) => version < template.version) ?? null;
}

export function asideOf(words: Words, facts: AsideFacts): TemplateAside {
  const { t } = words;
  const { template, framework } = facts;
  return {
    versions: versionsOf(words, facts),
    compare: compareOf(words, facts),
    hundred: hundredOf(words, framework),
    preview: {
      sees: t('frameworks.preview.sees', { grade: sampleGrade(template) }),
      sections: framework.sections.map(({ key, components }) => ({
        label: sectionName(words, key),
        tally: t('frameworks.preview.tally', { total: components.length }),
      })),
      href: paths.previewFramework(template.id),
    },
    milestones: template.milestones
      .toSorted((a, b) => (a.grade ?? 0) - (b.grade ?? 0))
      .map(({ grade, what }) => (grade === null ? what : t('missing.milestone', { grade, what }))),
    sources: presetsOf(template.presets).map((preset) => ({
      preset: preset.name,
      sources: preset.sources,
      mark: markOf(words, preset),
    })),
  };
}

function versionsOf(words: Words, { template, templates, counts }: AsideFacts): TemplateAside['versions'] {
  return templates
    .filter(({ key }) => key === template.key)
    .map((one) => {
      const used = counts.find(({ framework, version }) => framework === one.key && version === one.version);
      const plans = words.t('frameworks.plans', { count: used?.plans ?? 0 });
      return {
        title: versionName(words, one),
        href: one.id === template.id ? null : paths.adminFramework(one.id),
        sub: sinceOf(words, one, plans),
        status: statusChip(words, one.status),
      };
    });
}

function compareOf({ t }: Words, { template, templates }: AsideFacts): TemplateAside['compare'] {
  const other = comparedWith(template, templates);
  if (!other) return null;
  const key = template.status === 'draft' ? 'frameworks.compareWith' : 'frameworks.compareVersions';
  return {
    label: t(key, { draft: template.version, version: other.version }),
    href: paths.compareFramework(template.id),
  };
}

const WIDTH = 1_000;
const GAP = 4;

function hundredOf(words: Words, framework: Framework): TemplateAside['hundred'] {
  const shares = shareOfSections(framework);
  let x = 0;
  const bars = shares.map(({ share }, index) => {
    const bar = {
      x: Math.round(x),
      width: Math.max(1, Math.round(share * WIDTH) - GAP),
      cls: `c${index + 1}`,
    };
    x += share * WIDTH;
    return bar;
  });
  const legend = shares.map(({ key, share }, index) => ({
    label: sectionName(words, key),
    share: words.t('frameworks.share', { share }),
    cls: `c${index + 1}`,
  }));
  return { bars, legend };
}
