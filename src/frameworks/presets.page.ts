import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Preset } from '../plans/preset.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { gradesOf, markOf, partName } from './frameworkWords.page.ts';

interface PresetCard {
  id: string;
  title: string;
  sub: string;
  checked: boolean;
  mark: Chip | null;
  facts: { label: string; values: string[] }[];
}

/** All presets to start a template from. */
export interface PresetsPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  error: string | null;
  presets: PresetCard[];
  button: Action;
}

declare module '../shared/page.ts' {
  interface Pages {
    'frameworks/presets': PresetsPage;
  }
}

export function presetsPage(
  words: Words,
  presets: readonly Preset[],
  picked: readonly string[],
  errors: readonly FieldError[] = [],
): PresetsPage {
  const { t } = words;
  const title = t('frameworks.presets.title');
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('frameworks.presets.lede'),
      back: { href: paths.adminFrameworks, label: t('frameworks.back') },
    },
    errors,
    action: paths.adminFrameworks,
    error: errorOf(errors, 'presets'),
    presets: presets.map((preset) => cardOf(words, preset, picked.includes(preset.id))),
    button: { label: t('frameworks.presets.button'), kind: 'primary', large: true },
  };
}

function cardOf(words: Words, preset: Preset, checked: boolean): PresetCard {
  const { id, name, jurisdiction, grades, mandate } = preset;
  return {
    id,
    title: name,
    sub: [jurisdiction, gradesOf(words, grades), mandate].join(' · '),
    checked,
    mark: markOf(words, preset),
    facts: factsOf(words, preset),
  };
}

function factsOf(words: Words, preset: Preset): PresetCard['facts'] {
  const { t } = words;
  const parts = (required: boolean): string[] => {
    const own = preset.components.filter((one) => one.required === required);
    return own.length === 0 ? [t('frameworks.presets.nothing')] : own.map(({ key }) => partName(words, key));
  };
  return [
    { label: t('frameworks.presets.jurisdiction'), values: [preset.jurisdiction] },
    { label: t('frameworks.presets.mandate'), values: [preset.mandate] },
    { label: t('frameworks.presets.grades'), values: [gradesOf(words, preset.grades)] },
    { label: t('frameworks.presets.required'), values: parts(true) },
    { label: t('frameworks.presets.optional'), values: parts(false) },
    { label: t('frameworks.presets.signatures'), values: signersOf(words, preset) },
    { label: t('frameworks.presets.review'), values: reviewOf(words, preset) },
    ...(preset.notes === '' ? [] : [{ label: t('frameworks.presets.notes'), values: [preset.notes] }]),
    { label: t('frameworks.presets.sources'), values: preset.sources },
    { label: t('frameworks.presets.evidence'), values: [preset.evidenceWords] },
  ];
}

function signersOf({ t }: Words, { signatures }: Preset): string[] {
  if (signatures.length === 0) return [t('frameworks.presets.anyone')];
  return signatures.map(({ role, required, condition }) => {
    const text = t(required ? 'frameworks.presets.signer' : 'frameworks.presets.signerOptional', { role });
    return condition === undefined ? text : t('frameworks.presets.condition', { text, condition });
  });
}

/** The cadence, then everything else the source says about reviews, in its own words. */
function reviewOf(words: Words, { review }: Preset): string[] {
  const { t } = words;
  const { perYear, assumed, milestones = [], conferences = [], note, plus, window, kind, level } = review;
  const cadence =
    perYear === undefined
      ? t('frameworks.presets.perYearOpen')
      : t('frameworks.presets.perYear', { count: perYear });
  return [
    assumed === undefined || assumed === false ? cadence : t('frameworks.presets.assumed', { text: cadence }),
    ...(typeof assumed === 'string' ? [assumed] : []),
    ...milestones.map((one) => milestoneOf(words, one)),
    ...conferences.map(({ grades, individual, group }) =>
      t('frameworks.presets.conference', { grades: words.fmt.list(grades.map(String)), individual, group }),
    ),
    ...[kind, level, plus, window, note].filter((text) => text !== undefined),
  ];
}

type Milestone = NonNullable<Preset['review']['milestones']>[number];

function milestoneOf({ t }: Words, { grade, before, what, days, term }: Milestone): string {
  const text =
    grade !== undefined
      ? t('frameworks.presets.milestone', { grade: String(grade), what })
      : before === undefined
        ? what
        : t('frameworks.presets.before', { grade: String(before), what });
  const dated = days === undefined ? text : t('frameworks.presets.days', { text, days });
  return term === undefined ? dated : t('frameworks.presets.term', { text: dated, term });
}
