import { starter } from '../plans/framework.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Choices, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { gradesOf, statusChip, versionName } from './frameworkWords.page.ts';
import type { Migration } from './migration.ts';
import type { Template } from './template.ts';

/** How many plans are on a version. */
export interface VersionCount {
  framework: string;
  version: number;
  plans: number;
}

interface Line {
  title: string;
  href: string | null;
  sub: string;
  status: Chip | null;
}

export interface FrameworksPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  start: Action;
  templates: { title: string; sub: string; chosen: Chip | null; versions: Line[] }[];
  starter: Line;
  none: string | null;
  choose: { action: string; choices: Choices; gone: string | null; button: Action };
  moves: Line[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'frameworks/list': FrameworksPage;
  }
}

export interface FrameworksFacts {
  templates: readonly Template[];
  counts: readonly VersionCount[];
  /** `starter` or a template's key. */
  chosen: string;
  moves: readonly Migration[];
  /** Preset id → its name. */
  presets: ReadonlyMap<string, string>;
  now: Date;
  errors?: readonly FieldError[];
}

/** The school's templates, which one new plans get, and what was moved. */
export function frameworksPage(words: Words, facts: FrameworksFacts): FrameworksPage {
  const { t } = words;
  const { templates, errors = [] } = facts;
  const title = t('frameworks.title');
  const keys = [...new Set(templates.map(({ key }) => key))];
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('frameworks.lede') },
    errors,
    start: { label: t('frameworks.new'), href: paths.newFramework, icon: 'plus', kind: 'primary' },
    templates: keys.map((key) => templateOf(words, facts, key)),
    starter: {
      title: t('frameworks.starter'),
      href: null,
      sub: `${t('frameworks.starterNote')} ${plansOf(words, facts, starter.id, starter.version)}.`,
      status: facts.chosen === starter.id ? chosenChip(words) : null,
    },
    none: keys.length === 0 ? t('frameworks.none') : null,
    choose: chooseOf(words, facts, keys),
    moves: facts.moves.map((move) => moveLine(words, facts, move)),
  };
}

const chosenChip = ({ t }: Words): Chip => ({
  label: t('frameworks.newPlansGet'),
  tone: 'now',
  icon: 'flag',
});

function plansOf({ t }: Words, { counts }: FrameworksFacts, framework: string, version: number): string {
  const found = counts.find((one) => one.framework === framework && one.version === version);
  return t('frameworks.plans', { count: found?.plans ?? 0 });
}

function templateOf(words: Words, facts: FrameworksFacts, key: string): FrameworksPage['templates'][number] {
  const { t, fmt } = words;
  const versions = facts.templates.filter((one) => one.key === key);
  const [newest] = versions;
  const presets = newest?.presets.map((id) => facts.presets.get(id) ?? id) ?? [];
  return {
    title: newest?.name ?? key,
    sub: [
      gradesOf(words, newest?.grades ?? null),
      ...(presets.length > 0 ? [t('frameworks.madeFrom', { list: fmt.list(presets) })] : []),
    ].join('. '),
    chosen: facts.chosen === key ? chosenChip(words) : null,
    versions: versions.map((one) => ({
      title: versionName(words, one),
      href: paths.adminFramework(one.id),
      sub: sinceOf(words, one, plansOf(words, facts, key, one.version)),
      status: statusChip(words, one.status),
    })),
  };
}

/** When it became what it is, and how many plans use it. */
export function sinceOf({ t, fmt }: Words, template: Template, plans: string): string {
  const { status, publishedAt, retiredAt, createdAt } = template;
  if (status === 'published' && publishedAt)
    return t('frameworks.since', { day: fmt.date(publishedAt), plans });
  if (status === 'retired' && retiredAt) return t('frameworks.until', { day: fmt.date(retiredAt), plans });
  return t('frameworks.begun', { day: fmt.date(createdAt) });
}

function chooseOf({ t }: Words, facts: FrameworksFacts, keys: readonly string[]): FrameworksPage['choose'] {
  const { templates, chosen, errors = [] } = facts;
  const published = keys.flatMap((key) => {
    const found = templates.find((one) => one.key === key && one.status === 'published');
    return found ? [found] : [];
  });
  const known = chosen === starter.id || published.some(({ key }) => key === chosen);
  return {
    action: paths.chooseFramework,
    gone: known ? null : t('frameworks.chooseGone'),
    choices: {
      name: 'framework',
      legend: t('frameworks.choose'),
      hint: t('frameworks.chooseHint'),
      value: known ? chosen : starter.id,
      error: errorOf(errors, 'framework'),
      options: [
        { value: starter.id, label: t('frameworks.starter'), hint: t('frameworks.starterNote') },
        ...published.map(({ key, name, version }) => ({
          value: key,
          label: name,
          hint: t('frameworks.choosePublished', { version }),
        })),
      ],
    },
    button: { label: t('frameworks.chooseSave') },
  };
}

const MOVE_TONE = { waiting: 'now', running: 'now', done: 'done', undoing: 'now', undone: 'quiet' } as const;

export function moveChip({ t }: Words, status: Migration['status']): Chip {
  return { label: t(`frameworks.move.status.${status}`), tone: MOVE_TONE[status] };
}

/** A version as people name it: the template's name and the version's number. */
export function versionTitle(
  { t }: Words,
  templates: readonly Template[],
  { framework, version }: { framework: string; version: number },
): string {
  if (framework === starter.id) return t('frameworks.starter');
  const found = templates.find((one) => one.key === framework && one.version === version);
  return `${found?.name ?? framework}, ${t('frameworks.version', { version })}`;
}

function moveLine(words: Words, { templates, now }: FrameworksFacts, move: Migration): Line {
  const { t, fmt } = words;
  return {
    title: t('frameworks.move.between', {
      from: versionTitle(words, templates, move.from),
      to: versionTitle(words, templates, move.to),
    }),
    href: paths.planMove(move.id),
    sub: t('frameworks.move.when', { when: fmt.moment(move.askedAt, now), count: move.moved }),
    status: moveChip(words, move.status),
  };
}
