/** The editor's form: what was typed, as text, and the draft it makes. */
import {
  COMPONENT_KEYS,
  COMPONENTS,
  SECTION_KEYS,
  type ComponentKey,
  type SectionKey,
} from '../plans/component.ts';
import type { SignerRole } from '../plans/framework.ts';
import { say } from '../plans/say.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import type { Template, TemplateForm } from './template.ts';

export const SIGNER_ROLES = [
  'student',
  'family',
  'advisor',
  'school',
  'other',
] as const satisfies SignerRole[];

/** As it stands in the fields; a weight may be no number yet. */
export interface TypedTemplate {
  name: string;
  /** First and last grade; both empty: any. */
  from: string;
  to: string;
  reviews: string;
  sections: Record<SectionKey, string>;
  parts: Record<ComponentKey, TypedPart>;
  signatures: Record<SignerRole, { on: boolean; required: boolean }>;
}

export interface TypedPart {
  on: boolean;
  required: boolean;
  confirm: boolean;
  weight: string;
}

export const TEMPLATE_LIMITS = {
  name: 120,
  weight: 1_000,
  reviews: 12,
  firstGrade: 1,
  lastGrade: 13,
} as const;

/** The names of all fields: a post may hold these and no others. */
export const FIELD_NAMES: readonly string[] = [
  'name',
  'from',
  'to',
  'reviews',
  ...SECTION_KEYS.map((key) => `section.${key}`),
  ...COMPONENT_KEYS.flatMap((key) => ['on', 'required', 'confirm', 'weight'].map((cell) => `${cell}.${key}`)),
  ...SIGNER_ROLES.flatMap((role) => [`sign.${role}`, `signRequired.${role}`]),
];

const record = <K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> =>
  Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;

/** A stored template, as its form shows it. Parts it never had are off, with the weight 1. */
export function typedTemplate(template: Template): TypedTemplate {
  const { name, grades, reviewsPerYear, components, sections, signatures } = template;
  const part = new Map(components.map((one) => [one.key, one]));
  return {
    name,
    from: grades ? String(grades[0]) : '',
    to: grades ? String(grades[1]) : '',
    reviews: String(reviewsPerYear),
    sections: record(SECTION_KEYS, (key) => String(sections.find((one) => one.key === key)?.weight ?? 0)),
    parts: record(COMPONENT_KEYS, (key) => ({
      on: part.get(key)?.on ?? false,
      required: part.get(key)?.required ?? false,
      confirm: part.get(key)?.needsVerification ?? COMPONENTS[key].needsVerification,
      weight: String(part.get(key)?.weight ?? 1),
    })),
    signatures: record(SIGNER_ROLES, (role) => {
      const own = signatures.find((one) => one.role === role);
      return { on: own !== undefined, required: own?.required ?? false };
    }),
  };
}

/** What a post holds, also where it is wrong, so that the page can show it again. */
export function typedFrom(body: Readonly<Record<string, unknown>>): TypedTemplate {
  const text = (name: string): string => (typeof body[name] === 'string' ? body[name].trim() : '');
  const tick = (name: string): boolean => body[name] === '1';
  return {
    name: text('name'),
    from: text('from'),
    to: text('to'),
    reviews: text('reviews'),
    sections: record(SECTION_KEYS, (key) => text(`section.${key}`)),
    parts: record(COMPONENT_KEYS, (key) => ({
      on: tick(`on.${key}`),
      required: tick(`required.${key}`),
      confirm: tick(`confirm.${key}`),
      weight: text(`weight.${key}`),
    })),
    signatures: record(SIGNER_ROLES, (role) => ({
      on: tick(`sign.${role}`),
      required: tick(`signRequired.${role}`),
    })),
  };
}

/**
 * The draft that was typed. Parts that are off stay in it only if it had them before; a signature keeps its source's
 * condition. @throws Invalid with the field of each problem
 */
export function formFrom(typed: TypedTemplate, before: Template): TemplateForm {
  const problems = problemsOf(typed);
  if (problems.length > 0) throw new Invalid(problems);
  return {
    name: typed.name,
    grades: typed.from === '' ? null : [Number(typed.from), Number(typed.to)],
    reviewsPerYear: Number(typed.reviews),
    sections: SECTION_KEYS.map((key) => ({ key, weight: weightOf(typed.sections[key]) ?? 0 })),
    components: COMPONENT_KEYS.flatMap((key) => {
      const { on, required, confirm, weight } = typed.parts[key];
      if (!on && before.components.every((one) => one.key !== key)) return [];
      return [{ key, on, required, weight: weightOf(weight) ?? 0, needsVerification: confirm }];
    }),
    signatures: SIGNER_ROLES.filter((role) => typed.signatures[role].on).map((role) => ({
      role,
      required: typed.signatures[role].required,
      condition: before.signatures.find((one) => one.role === role)?.condition ?? null,
    })),
  };
}

/** A weight is 0 to 1,000, with at most two decimals; an empty field is 0. */
function weightOf(text: string): number | null {
  if (text === '') return 0;
  if (!/^\d{1,4}([.,]\d{1,2})?$/.test(text)) return null;
  const weight = Number(text.replace(',', '.'));
  return weight <= TEMPLATE_LIMITS.weight ? weight : null;
}

function problemsOf(typed: TypedTemplate): FieldError[] {
  const weights = [
    ...SECTION_KEYS.map((key) => [`section.${key}`, typed.sections[key]] as const),
    ...COMPONENT_KEYS.map((key) => [`weight.${key}`, typed.parts[key].weight] as const),
  ];
  return [
    ...(typed.name === '' || typed.name.length > TEMPLATE_LIMITS.name ? [problem('name', 'name')] : []),
    ...gradeProblems(typed),
    ...(isWhole(typed.reviews, 1, TEMPLATE_LIMITS.reviews) ? [] : [problem('reviews', 'reviews')]),
    ...weights.filter(([, text]) => weightOf(text) === null).map(([field]) => problem(field, 'weight')),
  ];
}

function gradeProblems({ from, to }: TypedTemplate): FieldError[] {
  if (from === '' && to === '') return [];
  const { firstGrade, lastGrade } = TEMPLATE_LIMITS;
  const wrong = [
    ...(isWhole(from, firstGrade, lastGrade) ? [] : [problem('from', 'grade')]),
    ...(isWhole(to, firstGrade, lastGrade) ? [] : [problem('to', 'grade')]),
  ];
  return wrong.length === 0 && Number(from) > Number(to) ? [problem('to', 'gradeOrder')] : wrong;
}

function isWhole(text: string, least: number, most: number): boolean {
  return /^\d{1,2}$/.test(text) && Number(text) >= least && Number(text) <= most;
}

type ProblemKey = 'name' | 'grade' | 'gradeOrder' | 'reviews' | 'weight';

function problem(field: string, key: ProblemKey): FieldError {
  return { field, message: say(`frameworks.error.${key}`) };
}
