import { ACCEPTED } from '../files/fileType.ts';
import { LARGEST_ROOM, type StoredFile } from '../files/file.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head, Notice, Option, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { EVIDENCE_KINDS, LIMITS, type Evidence, type EvidenceKind } from './evidence.ts';
import type { EvidenceForm, TieKind } from './evidenceForm.ts';
import { advisorName, sizeText } from './evidenceWords.page.ts';
import type { PortfolioFacts, Tie } from './portfolioFacts.ts';
import { SKILL_KEYS } from '../skills/skill.ts';

/** The questions of the form; null: not asked of this kind. */
export interface EvidenceFields {
  title: Field;
  url: Field | null;
  text: Field | null;
  reflection: Field;
  day: Field;
  goals: Choices | null;
  skills: Choices;
  /** Folded away: seldom needed. */
  more: Choices[];
  moreOpen: boolean;
  audience: Choices;
  capstone: { name: string; label: string; hint: string; checked: boolean };
  alt: Field | null;
}

/** The file question of a new piece. */
export interface FileQuestion {
  label: string;
  hint: string;
  room: string;
  accept: string;
  error: string | null;
  /** After an error: that the file must be chosen again. */
  again: string | null;
  earlier: Field | null;
}

export interface NewEvidencePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  kinds: { label: string; items: Segment[] };
  kind: EvidenceKind;
  action: string;
  fields: EvidenceFields;
  file: FileQuestion | null;
}

export interface EditEvidencePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  notices: Notice[];
  action: string;
  version: number;
  back: string;
  fields: EvidenceFields;
}

declare module '../shared/page.ts' {
  interface Pages {
    'portfolio/new': NewEvidencePage;
    'portfolio/edit': EditEvidencePage;
  }
}

/** A form as it is shown: empty, stored or as it was typed. */
export interface Typed {
  form: EvidenceForm;
  kind: EvidenceKind;
  problems: readonly FieldError[];
}

export interface TypedNew extends Typed {
  earlier: string;
  files: readonly StoredFile[];
  /** A file came with the form, and was not kept. */
  sent: boolean;
  /** What the student's files take, in bytes. */
  used: number;
}

export function newEvidencePage(words: Words, facts: PortfolioFacts, typed: TypedNew): NewEvidencePage {
  const { t } = words;
  const { kind, problems } = typed;
  const title = t('portfolio.new.title');
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('portfolio.new.lede', { kind }),
      back: { href: paths.portfolio, label: t('portfolio.back') },
    },
    errors: problems,
    kinds: {
      label: t('portfolio.new.kinds'),
      items: EVIDENCE_KINDS.map((one) => ({
        label: t(`portfolio.new.${one}`),
        href: `${paths.newEvidence}?kind=${one}`,
        current: one === kind,
      })),
    },
    kind,
    action: kind === 'file' ? paths.sendEvidence : paths.portfolio,
    fields: fieldsOf(words, facts, typed),
    file: kind === 'file' ? fileQuestion(words, typed) : null,
  };
}

/** What another tab or person saved meanwhile. */
export interface SavedMeanwhile {
  version: number;
  words: string;
  when: string;
}

export function editEvidencePage(
  words: Words,
  facts: PortfolioFacts,
  evidence: Evidence,
  typed: Typed & { meanwhile: SavedMeanwhile | null },
): EditEvidencePage {
  const { t } = words;
  const { kind } = evidence;
  const title = t('portfolio.edit.title');
  const path = paths.evidence(evidence.id);
  const confirmed: Notice = {
    id: 'confirmed',
    tone: 'now',
    icon: 'star',
    title: t('portfolio.confirmed'),
    text: t('portfolio.edit.confirmed', { kind }),
  };
  return {
    title,
    head: {
      title,
      eyebrow: evidence.title,
      lede: t('portfolio.edit.lede', { kind }),
      back: { href: path, label: evidence.title },
    },
    errors: typed.problems,
    notices: [
      ...(typed.meanwhile ? [meanwhileNotice(words, typed.meanwhile, evidence.id)] : []),
      ...(evidence.confirmedAt ? [confirmed] : []),
    ],
    action: path,
    version: typed.meanwhile?.version ?? evidence.version,
    back: path,
    fields: fieldsOf(words, facts, { ...typed, kind }),
  };
}

function meanwhileNotice({ t }: Words, { words, when }: SavedMeanwhile, id: string): Notice {
  return {
    id: 'two',
    tone: 'warn',
    title: t('portfolio.edit.twoTitle'),
    text: t('portfolio.edit.twoBody', { when }),
    quote: words,
    actions: [{ label: t('portfolio.edit.theirs'), href: paths.editEvidence(id) }],
  };
}

function fieldsOf(words: Words, facts: PortfolioFacts, typed: Typed): EvidenceFields {
  const { t } = words;
  const { form, kind, problems } = typed;
  const more = [
    tieChoices(words, 'courses', optionsOf(facts.courses), typed),
    tieChoices(words, 'tasks', optionsOf(facts.tasks), typed),
  ].filter(({ options }) => options.length > 0);
  const skills = SKILL_KEYS.map((value) => ({ value, label: t(`skills.${value}`) }));
  return {
    ...textFields(words, typed),
    goals: facts.goals.length > 0 ? tieChoices(words, 'goals', optionsOf(facts.goals), typed) : null,
    skills: tieChoices(words, 'skills', skills, typed),
    more,
    moreOpen: form.courses.length + form.tasks.length > 0 || more.some(({ error }) => error),
    audience: audienceChoices(words, facts, form),
    capstone: {
      name: 'capstone',
      label: t('portfolio.form.capstone'),
      hint: t('portfolio.form.capstoneHint'),
      checked: form.capstone,
    },
    alt:
      kind === 'file'
        ? {
            name: 'alt',
            label: t('portfolio.form.alt'),
            hint: t('portfolio.form.altHint'),
            kind: 'textarea',
            rows: 2,
            optional: true,
            maxLength: LIMITS.alt,
            value: form.alt,
            error: errorOf(problems, 'alt'),
          }
        : null,
  };
}

function textFields(
  { t }: Words,
  { form, kind, problems }: Typed,
): Pick<EvidenceFields, 'title' | 'url' | 'text' | 'reflection' | 'day'> {
  const named = (
    name: 'title' | 'url' | 'text' | 'reflection' | 'day',
  ): Pick<Field, 'name' | 'label' | 'value' | 'error'> => ({
    name,
    label: t(`portfolio.form.${name}`),
    value: form[name],
    error: errorOf(problems, name),
  });
  return {
    title: { ...named('title'), hint: t('portfolio.form.titleHint'), maxLength: LIMITS.title },
    url:
      kind === 'link'
        ? { ...named('url'), kind: 'url', hint: t('portfolio.form.urlHint'), maxLength: LIMITS.url }
        : null,
    text:
      kind === 'text'
        ? {
            ...named('text'),
            kind: 'textarea',
            rows: 8,
            hint: t('portfolio.form.textHint'),
            maxLength: LIMITS.text,
          }
        : null,
    reflection: {
      ...named('reflection'),
      kind: 'textarea',
      rows: 4,
      optional: true,
      hint: t('portfolio.form.reflectionHint'),
      maxLength: LIMITS.reflection,
    },
    day: { ...named('day'), kind: 'date' },
  };
}

function tieChoices({ t }: Words, name: TieKind, options: Option[], { form, problems }: Typed): Choices {
  return {
    name,
    legend: t(`portfolio.form.${name}`),
    optional: true,
    values: form[name],
    options,
    error: errorOf(problems, name),
  };
}

function audienceChoices(words: Words, facts: PortfolioFacts, { audience }: EvidenceForm): Choices {
  const { t } = words;
  const advisor = advisorName(words, facts);
  return {
    name: 'audience',
    legend: t('portfolio.form.audience'),
    value: audience,
    wide: true,
    options: [
      {
        value: 'advisor',
        label: t('portfolio.form.onlyAdvisor', { advisor }),
        hint: t('portfolio.form.onlyAdvisorHint'),
      },
      {
        value: 'family',
        label: t('portfolio.form.family', { advisor }),
        hint: t('portfolio.form.familyHint'),
      },
    ],
  };
}

function optionsOf(ties: readonly Tie[]): Option[] {
  return ties.map(({ id, label }) => ({ value: id, label }));
}

function fileQuestion(words: Words, { problems, earlier, files, sent, used }: TypedNew): FileQuestion {
  const { t, fmt } = words;
  const error = errorOf(problems, 'file');
  const none = { value: '', label: t('portfolio.form.earlierNone') };
  const options = files.map(({ id, name, at }) => ({
    value: id,
    label: t('portfolio.form.earlierOne', { name, day: fmt.short(fmt.dayOf(at)) }),
  }));
  return {
    label: t('portfolio.form.file'),
    hint: t('portfolio.form.fileHint'),
    room: t('portfolio.room', { used: sizeText(words, used), all: sizeText(words, LARGEST_ROOM) }),
    accept: ACCEPTED,
    error,
    again: sent ? t('portfolio.form.fileAgain') : null,
    earlier:
      options.length > 0
        ? {
            name: 'earlier',
            label: t('portfolio.form.earlier'),
            kind: 'select',
            value: earlier,
            options: [none, ...options],
            error: errorOf(problems, 'earlier'),
          }
        : null,
  };
}
