import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { GRADES } from './catalogue.ts';
import { amountOf, SET_KINDS, SET_LIMITS, type RequirementRule, type RequirementSet } from './requirement.ts';

/** All sets in use. */
export interface RequirementsPage extends PageModel {
  head: Head;
  actions: Action[];
  sets: { title: string; sub: string; href: string; status: Chip | null }[];
  none: string | null;
}

/** One set with its lines as fields. */
export interface RequirementSetPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  fields: Field[];
  lines: {
    n: number;
    id: { name: string; value: string };
    fields: Field[];
    shared: { name: string; checked: boolean };
  }[];
  save: string;
  retire: { action: string; retired: string; label: string } | null;
  versions: { label: string; chip: Chip }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'pathways/requirements': RequirementsPage;
    'pathways/set': RequirementSetPage;
  }
}

export function requirementsPage(words: Words, sets: readonly RequirementSet[]): RequirementsPage {
  const { t } = words;
  const title = t('requirements.title');
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('requirements.lede'),
      back: { href: paths.admin, label: t('catalogue.backAdmin') },
    },
    actions: [
      { label: t('requirements.add'), href: paths.newSet, icon: 'plus', kind: 'primary' },
      { label: t('catalogue.importLink'), href: paths.newImport('requirements'), icon: 'upload' },
    ],
    sets: sets.map(({ id, name, kind, version, rules, status }) => ({
      title: name,
      sub: t('requirements.sub', { kind: t(`coursePlan.kind.${kind}`), version, count: rules.length }),
      href: paths.requirementSet(id),
      status:
        status === 'current'
          ? null
          : { label: t(`requirements.status.${status}`), tone: 'quiet', icon: 'off' },
    })),
    none: sets.length === 0 ? t('requirements.none') : null,
  };
}

/** A line as typed. */
export type TypedLine = Record<(typeof LINE_CELLS)[number], string>;
export const LINE_CELLS = [
  ...(['id', 'label', 'need', 'amount', 'subjects', 'codes', 'minMark', 'byGrade', 'shared'] as const),
] as const;

export interface TypedSet {
  name: string;
  kind: string;
  citation: string;
  lines: TypedLine[];
}

const BLANK: TypedLine = {
  id: '',
  label: '',
  need: 'credits',
  amount: '',
  subjects: '',
  codes: '',
  minMark: '',
  byGrade: '',
  shared: '',
};
/** Empty lines offered below those that are there. */
const MORE = 3;

export function typedSet(set: RequirementSet | null): TypedSet {
  return {
    name: set?.name ?? '',
    kind: set?.kind ?? 'graduation',
    citation: set?.citation ?? '',
    lines: (set?.rules ?? []).map(typedLine),
  };
}

function typedLine({ id, label, need, minMark, byGrade, shared }: RequirementRule): TypedLine {
  return {
    id,
    label,
    need: need.kind,
    amount: need.kind === 'courses' ? '' : String(amountOf(need)),
    subjects: need.kind === 'credits' ? need.subjects.join('; ') : '',
    codes: need.codes.join('; '),
    minMark: minMark ?? '',
    byGrade: byGrade === null ? '' : String(byGrade),
    shared: shared ? '1' : '',
  };
}

export function requirementSetPage(
  words: Words,
  {
    set,
    versions,
    typed,
    errors = [],
  }: {
    set: RequirementSet | null;
    versions: readonly RequirementSet[];
    typed: TypedSet;
    errors?: readonly FieldError[];
  },
): RequirementSetPage {
  const { t, fmt } = words;
  const title = set ? set.name : t('requirements.new');
  const next = (versions[0]?.version ?? 0) + 1;
  const room = Math.min(typed.lines.length + MORE, SET_LIMITS.rules);
  const lines = Array.from({ length: room }, (_, nth) => typed.lines[nth] ?? BLANK);
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: set ? t('requirements.lede.edit', { version: next }) : t('requirements.lede.new'),
      back: { href: paths.adminRequirements, label: t('requirements.back') },
    },
    errors,
    action: set ? paths.requirementSet(set.id) : paths.newSet,
    fields: headFields(words, typed, errors),
    lines: lines.map((line, nth) => ({
      n: nth + 1,
      id: { name: `lines.${nth}.id`, value: line.id },
      fields: lineFields(words, line, nth, errors),
      shared: { name: `lines.${nth}.shared`, checked: line.shared === '1' },
    })),
    save: t(set ? 'requirements.form.save' : 'requirements.form.saveNew'),
    retire:
      set && set.status !== 'replaced'
        ? {
            action: paths.retireSet(set.id),
            retired: set.status === 'current' ? '1' : '0',
            label: t(set.status === 'current' ? 'requirements.form.retire' : 'requirements.form.restore'),
          }
        : null,
    versions: versions.map((one) => ({
      label: t('requirements.version', { version: one.version, day: fmt.date(one.createdAt) }),
      chip: {
        label: t(`requirements.status.${one.status}`),
        tone: one.status === 'current' ? 'done' : 'quiet',
      },
    })),
  };
}

function headFields({ t }: Words, typed: TypedSet, errors: readonly FieldError[]): Field[] {
  return [
    {
      name: 'name',
      label: t('requirements.form.name'),
      value: typed.name,
      maxLength: SET_LIMITS.name,
      error: errorOf(errors, 'name'),
    },
    {
      name: 'kind',
      label: t('requirements.form.kind'),
      kind: 'select',
      value: typed.kind,
      error: errorOf(errors, 'kind'),
      options: SET_KINDS.map((kind) => ({ value: kind, label: t(`coursePlan.kind.${kind}`) })),
    },
    {
      name: 'citation',
      label: t('requirements.form.citation'),
      optional: true,
      value: typed.citation,
      maxLength: SET_LIMITS.citation,
      error: errorOf(errors, 'citation'),
    },
  ];
}

function lineFields({ t }: Words, line: TypedLine, nth: number, errors: readonly FieldError[]): Field[] {
  const field = (cell: keyof TypedLine, more: Partial<Field> = {}): Field => ({
    compact: true,
    name: `lines.${nth}.${cell}`,
    label: t(`requirements.form.${cell as 'label'}`),
    value: line[cell],
    error: errorOf(errors, `lines.${nth}.${cell}`),
    ...more,
  });
  const needs = ['credits', 'courses', 'anyOf'] as const;
  return [
    field('label', { maxLength: SET_LIMITS.label }),
    field('need', {
      kind: 'select',
      options: needs.map((kind) => ({ value: kind, label: t(`requirements.form.need.${kind}`) })),
    }),
    field('amount', { kind: 'number', width: 'short', optional: true }),
    field('subjects', { optional: true }),
    field('codes', { optional: true }),
    field('minMark', { width: 'short', optional: true, maxLength: 10 }),
    field('byGrade', {
      kind: 'select',
      options: [
        { value: '', label: t('requirements.any') },
        ...GRADES.map((grade) => ({ value: String(grade), label: t('coursePlan.grade', { grade }) })),
      ],
    }),
  ];
}
