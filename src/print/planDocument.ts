import { COMPONENT_KEYS, COMPONENTS, SECTION_KEYS, type SectionKey } from '../plans/component.ts';
import { TEXTS_OF } from '../plans/credit.ts';
import type { ReadPart } from '../plans/planPart.ts';
import { isText, type Plan, type PlanSection } from '../plans/plan.ts';
import { sectionName } from '../plans/review.ts';
import { sectionTexts, type SectionText } from '../plans/sectionText.ts';
import type { Signature } from '../signatures/signature.ts';
import { STATE_LABEL } from '../plans/transition.ts';
import type { Words } from '../shared/page.ts';
import { nameOfYear } from '../shared/schoolYear.ts';

/** A plan as paper shows it: the printed page, the PDF and the CSV are all made from it. */
export interface PlanDocument {
  planName: string;
  /** School year and grade. */
  eyebrow: string;
  student: string;
  /** School and state of the plan. */
  facts: string;
  sections: DocumentSection[];
  /** Who signed this version, who has still to; none where nobody signs. */
  signatures: { name: string; role: string; text: string }[];
  /** What keeps a printed copy honest: when it was made and of which version. */
  foot: string[];
}

interface DocumentSection {
  key: SectionKey;
  title: string;
  blocks: DocumentBlock[];
}

interface DocumentBlock {
  title: string;
  lines: DocumentLine[];
}

export interface DocumentLine {
  /** Empty where the block's title says it. */
  label: string;
  text: string;
}

export interface DocumentFacts {
  plan: Plan;
  parts: readonly ReadPart[];
  /** Of the plan's present version, in signing order. */
  signatures: readonly Signature[];
  student: string;
  school: string;
  planName: string;
  /** Families are given only what is meant for them. */
  audience: 'plan' | 'family';
  now: Date;
}

/** The whole plan in reading order; what says nothing is left out. */
export function planDocument(words: Words, facts: DocumentFacts): PlanDocument {
  const { t, fmt } = words;
  const { plan } = facts;
  const year = nameOfYear(plan.year);
  const state = t(STATE_LABEL[plan.state]);
  return {
    planName: facts.planName,
    eyebrow:
      plan.grade === null
        ? t('print.eyebrow', { plan: facts.planName, year })
        : t('print.eyebrowGrade', { plan: facts.planName, year, grade: plan.grade }),
    student: facts.student,
    facts: t('print.facts', { school: facts.school, state }),
    sections: sectionsOf(words, facts),
    signatures: facts.signatures.map((one) => signedBy(words, one)),
    foot: [t('print.foot', { version: plan.revision, when: fmt.date(facts.now), state })],
  };
}

function signedBy(
  { t, fmt }: Words,
  { name, role, state, settledAt, hash }: Signature,
): PlanDocument['signatures'][number] {
  const said = t(`signatures.state.${state}`);
  const check = hash.slice(0, CHECK);
  return {
    name: name ?? '',
    role: t(`signatures.role.${role}`),
    text: settledAt ? t('print.signed', { state: said, day: fmt.date(settledAt), check }) : said,
  };
}

/** So many characters of the frozen copy's hash are enough to tell two versions apart. */
const CHECK = 12;

function sectionsOf(words: Words, facts: DocumentFacts): DocumentSection[] {
  const parts = facts.parts.map((part) => ({ ...part, lines: part.lines.filter(isFor(facts.audience)) }));
  const read = sectionTexts(words, { plan: facts.plan, parts }, null);
  return SECTION_KEYS.map((key) => ({
    key,
    title: words.t(`section.${key}`),
    blocks: read
      .filter(({ section }) => placeOf(section, facts.parts) === key)
      .map((text) => blockOf(words, facts.plan, text))
      .filter(({ lines }) => lines.length > 0),
  })).filter(({ blocks }) => blocks.length > 0);
}

const isFor =
  (audience: DocumentFacts['audience']) =>
  (line: ReadPart['lines'][number]): boolean =>
    audience === 'plan' || line.audience === 'family';

function placeOf(section: PlanSection, parts: readonly ReadPart[]): SectionKey {
  if (section.startsWith('goal:')) return 'goals';
  const part = parts.find(({ key }) => section === `part:${key}`);
  if (part) return part.section;
  const key = COMPONENT_KEYS.findLast((one) => isText(section) && TEXTS_OF[one]?.includes(section));
  return key ? COMPONENTS[key].section : 'about';
}

function blockOf(words: Words, plan: Plan, { section, lines, steps }: SectionText): DocumentBlock {
  const read = lines.map(({ label, pieces }) => ({ label, text: textOf(pieces) }));
  const ticked = steps.map(({ done, label, date }) => ({
    label: words.t(done ? 'print.stepDone' : 'print.step'),
    text: [textOf(label), textOf(date)].filter(Boolean).join(', '),
  }));
  const told = isText(section) ? read.map(({ text }) => ({ label: '', text })) : read;
  return {
    title: sectionName(plan, section, words.t),
    lines: [...told, ...ticked].filter(({ text }) => text !== ''),
  };
}

function textOf(pieces: SectionText['lines'][number]['pieces']): string {
  return pieces
    .map(({ text, gap }) => text + gap)
    .join('')
    .trim();
}
