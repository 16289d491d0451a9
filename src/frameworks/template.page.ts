import {
  COMPONENTS,
  componentsIn,
  SECTION_KEYS,
  type ComponentKey,
  type SectionKey,
} from '../plans/component.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Chip, Field } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import {
  gradesOf,
  linesOf,
  partName,
  roleName,
  sectionName,
  statusChip,
  versionName,
  type GroupOfLines,
} from './frameworkWords.page.ts';
import { isSame, type Difference } from './difference.ts';
import { reachNotice, type ReachNotice } from './reach.page.ts';
import type { Reach } from './reach.ts';
import { asideOf, type AsideFacts, type TemplateAside } from './templateAside.page.ts';
import { SIGNER_ROLES, typedTemplate, type TypedTemplate } from './templateForm.ts';
import type { Template } from './template.ts';

interface Tick {
  name: string;
  checked: boolean;
}

interface PartRow {
  id: string;
  name: string;
  rule: string;
  on: Tick;
  required: Tick;
  weight: { name: string; value: string; error: string | null };
  confirm: Tick;
  /** What keeps this part from ever being done. */
  note: string | null;
}

interface SectionCard {
  id: SectionKey;
  name: string;
  weight: { name: string; value: string; error: string | null };
  rows: PartRow[];
  /** Parts that are not in the plan, to be added. */
  more: { label: string; open: boolean; rows: PartRow[] } | null;
}

interface Top extends PageModel {
  eyebrow: string;
  back: { href: string; label: string };
  status: Chip;
  saved: string | null;
  reach: ReachNotice | null;
  aside: TemplateAside;
}

/** A draft as its form. */
export interface TemplateEditPage extends Top {
  errors: readonly FieldError[];
  stale: { groups: GroupOfLines[]; same: string | null; href: string } | null;
  action: string;
  version: number;
  publish: string;
  fields: Field[];
  sections: SectionCard[];
  signers: { role: string; condition: string | null; on: Tick; required: Tick }[];
}

/** A published or retired version: to read, and what can be done with it. */
export interface TemplateVersionPage extends Top {
  name: string;
  preview: string;
  move: string | null;
  /** Opens the draft there is, or posts for a new one. */
  next: { href: string | null; action: string; label: string };
  retire: string | null;
  sections: { name: string; parts: { id: string; name: string; sub: string }[] }[];
  signers: string[];
  reviews: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'frameworks/edit': TemplateEditPage;
    'frameworks/version': TemplateVersionPage;
  }
}

export interface TemplateFacts extends AsideFacts {
  reach: Reach;
  now: Date;
}

export interface AfterSave {
  typed?: TypedTemplate;
  errors?: readonly FieldError[];
  /** Somebody saved meanwhile: what the typed form would change of theirs. */
  stale?: Difference | null;
}

function topOf(words: Words, facts: TemplateFacts): Top {
  const { t, fmt } = words;
  const { template, now } = facts;
  const at = template.publishedAt ?? template.createdAt;
  return {
    title: t('frameworks.edit.title'),
    styles: 'wide',
    eyebrow: t('frameworks.edit.eyebrow', { name: template.name, grades: gradesOf(words, template.grades) }),
    back: { href: paths.adminFrameworks, label: t('frameworks.back') },
    status: { ...statusChip(words, template.status), label: versionName(words, template) },
    saved: template.status === 'draft' ? null : fmt.moment(at, now),
    reach: reachNotice(words, facts.reach),
    aside: asideOf(words, facts),
  };
}

export function templateEditPage(
  words: Words,
  facts: TemplateFacts,
  after: AfterSave = {},
): TemplateEditPage {
  const { template } = facts;
  const { typed = typedTemplate(template), errors = [], stale = null } = after;
  return {
    ...topOf(words, facts),
    errors,
    stale: stale && staleOf(words, stale, template),
    action: paths.adminFramework(template.id),
    version: template.saved,
    publish: words.t('frameworks.edit.publish', { version: template.version }),
    fields: fieldsOf(words, typed, errors),
    sections: SECTION_KEYS.map((key) => sectionOf(words, key, { typed, errors, reach: facts.reach })),
    signers: SIGNER_ROLES.map((role) => ({
      role: roleName(words, role),
      condition: conditionOf(words, template, role),
      on: { name: `sign.${role}`, checked: typed.signatures[role].on },
      required: { name: `signRequired.${role}`, checked: typed.signatures[role].required },
    })),
  };
}

function staleOf(words: Words, difference: Difference, { id }: Template): TemplateEditPage['stale'] {
  const same = isSame(difference) ? words.t('frameworks.stale.same') : null;
  return { groups: linesOf(words, difference), same, href: paths.adminFramework(id) };
}

function conditionOf({ t }: Words, { signatures }: Template, role: string): string | null {
  const condition = signatures.find((one) => one.role === role)?.condition;
  return condition ? t('frameworks.role.if', { condition }) : null;
}

function fieldsOf({ t }: Words, typed: TypedTemplate, errors: readonly FieldError[]): Field[] {
  const number = (name: 'from' | 'to' | 'reviews'): Field => ({
    name,
    kind: 'number',
    compact: true,
    label: t(`frameworks.edit.${name}`),
    value: typed[name],
    maxLength: 2,
    error: errorOf(errors, name),
  });
  return [
    {
      name: 'name',
      label: t('frameworks.edit.name'),
      value: typed.name,
      maxLength: 120,
      compact: true,
      width: 'grow',
      error: errorOf(errors, 'name'),
    },
    { ...number('from'), width: 'short' },
    { ...number('to'), width: 'short' },
    { ...number('reviews'), width: 'short', hint: t('frameworks.edit.reviewsHint') },
  ];
}

interface Filled {
  typed: TypedTemplate;
  errors: readonly FieldError[];
  reach: Reach;
}

function sectionOf(words: Words, key: SectionKey, filled: Filled): SectionCard {
  const { typed, errors } = filled;
  const rows = componentsIn(key).map((part) => rowOf(words, part, filled));
  const more = rows.filter(({ on }) => !on.checked);
  const wrong = more.some(({ weight }) => weight.error !== null);
  return {
    id: key,
    name: sectionName(words, key),
    weight: {
      name: `section.${key}`,
      value: typed.sections[key],
      error: errorOf(errors, `section.${key}`),
    },
    rows: rows.filter(({ on }) => on.checked),
    more:
      more.length === 0
        ? null
        : { label: words.t('frameworks.edit.more', { count: more.length }), open: wrong, rows: more },
  };
}

function rowOf(words: Words, key: ComponentKey, { typed, errors, reach }: Filled): PartRow {
  const { on, required, confirm, weight } = typed.parts[key];
  const obstacle = reach.obstacles.find((one) => one.at === 'part' && one.key === key);
  return {
    id: key,
    name: partName(words, key),
    rule: words.t(COMPONENTS[key].rule),
    on: { name: `on.${key}`, checked: on },
    required: { name: `required.${key}`, checked: required },
    weight: { name: `weight.${key}`, value: weight, error: errorOf(errors, `weight.${key}`) },
    confirm: { name: `confirm.${key}`, checked: confirm },
    note: obstacle ? words.t(`frameworks.reach.lack.${obstacle.lack}`) : null,
  };
}

export function templateVersionPage(words: Words, facts: TemplateFacts): TemplateVersionPage {
  const { t } = words;
  const { template, framework, templates } = facts;
  const draft = templates.find(({ key, status }) => key === template.key && status === 'draft');
  const published = template.status === 'published';
  return {
    ...topOf(words, facts),
    name: template.name,
    preview: paths.previewFramework(template.id),
    move: published ? paths.movePlans(template.id) : null,
    next: {
      href: draft ? paths.adminFramework(draft.id) : null,
      action: paths.nextFramework(template.id),
      label: t(draft ? 'frameworks.version.openDraft' : 'frameworks.version.next'),
    },
    retire: published ? paths.retireFramework(template.id) : null,
    sections: framework.sections.map(({ key, weight, components }) => ({
      name: t('frameworks.version.section', { name: sectionName(words, key), weight }),
      parts: components.map((part) => ({
        id: part.key,
        name: partName(words, part.key),
        sub: t('frameworks.version.part', {
          required: part.required ? 'yes' : 'no',
          weight: part.weight,
          confirm: part.needsVerification ? 'yes' : 'no',
        }),
      })),
    })),
    signers: template.signatures.map(({ role, required }) =>
      t('frameworks.version.signer', { role: roleName(words, role), required: required ? 'yes' : 'no' }),
    ),
    reviews: t('frameworks.sample.reviews', { count: template.reviewsPerYear }),
  };
}
