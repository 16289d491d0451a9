import type { Words } from '../shared/page.ts';
import type { Action } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isMet, PROOF_MISSING, type Proof, type ProofKind, type ProofThing } from './proof.ts';
import type { Rubric, RubricChoice } from './rubric.ts';
import type { Task, TaskAttempt } from './task.ts';
import { wordsOf } from './taskAnswers.ts';
import type { TaskTemplate } from './template.ts';

/** What must be in the plan before a task is handed in, and what is there. */
export interface ProofCard {
  title: string;
  text: string;
  things: { label: string; href: string }[];
  action: Action | null;
  error: string | null;
}

/** To the student. @param writable they may still add to it */
export function proofCard(
  words: Words,
  proof: Proof,
  { id }: Pick<Task, 'id'>,
  error: string | null,
  writable: boolean,
): ProofCard {
  const { t } = words;
  const met = isMet(proof);
  return {
    title: t(`tasks.proof.${proof.kind}`),
    text: met ? t(`tasks.proof.${proof.kind}.met`) : t(PROOF_MISSING[proof.kind]),
    things: proof.things.map((thing) => thingOf(words, proof.kind, thing, HREF)),
    action: writable
      ? {
          label: t(`tasks.proof.${proof.kind}.go`),
          href: proof.kind === 'upload' ? `${paths.newEvidence}?task=${id}` : WHERE[proof.kind],
          icon: 'right',
          kind: met ? 'quiet' : 'plain',
        }
      : null,
    error,
  };
}

/** To staff. */
export function proofForStaff(words: Words, proof: Proof, { person }: Pick<Task, 'person'>): ProofCard {
  const { t } = words;
  const hrefs = {
    upload: paths.studentEvidence,
    inventory: () => paths.studentInterests(person),
    experience: () => paths.studentExperiences(person),
    meeting: () => paths.studentMeetings(person),
  };
  return {
    title: t(`tasks.proof.${proof.kind}`),
    text: isMet(proof) ? '' : t('tasks.proof.none'),
    things: proof.things.map((thing) => thingOf(words, proof.kind, thing, hrefs)),
    action: null,
    error: null,
  };
}

type Hrefs = Record<ProofKind, (id: string) => string>;

const HREF: Hrefs = {
  upload: paths.evidence,
  inventory: paths.interestResult,
  experience: paths.experience,
  meeting: () => paths.meetings,
};

const WHERE: Record<ProofKind, string> = {
  upload: paths.newEvidence,
  inventory: paths.interests,
  experience: paths.experiences,
  meeting: paths.meetings,
};

function thingOf(
  { t, fmt }: Words,
  kind: ProofKind,
  { id, title }: ProofThing,
  hrefs: Hrefs,
): ProofCard['things'][number] {
  const label =
    kind === 'inventory'
      ? t('tasks.proof.result', { code: title })
      : kind === 'meeting'
        ? t('tasks.proof.heldOn', { day: fmt.date(new Date(title)) })
        : title;
  return { label, href: hrefs[kind](id) };
}

/** One criterion: every level in words, the chosen one marked. */
export interface RubricRow {
  label: string;
  levels: { label: string; chosen: boolean }[];
  chosen: string | null;
}

/** @returns null for a template without a rubric */
export function rubricRows(
  { t }: Words,
  rubric: Rubric | null,
  choices: readonly RubricChoice[],
): RubricRow[] | null {
  if (rubric === null) return null;
  return rubric.criteria.map(({ key, label, levels }) => {
    const level = choices.find(({ criterion }) => criterion === key)?.level ?? null;
    const chosen = level === null ? undefined : levels[level];
    return {
      label: t(label),
      levels: levels.map((one, nth) => ({ label: t(one), chosen: nth === level })),
      chosen: chosen ? t(chosen) : null,
    };
  });
}

/** One time it was handed in. */
export interface AttemptView {
  title: string;
  answers: { label: string; text: string }[];
  shown: string[];
  comment: string;
}

/** The newest first; the one that waits is on the page itself. */
export function attemptViews(
  { t, fmt }: Words,
  { attempts }: Pick<Task, 'attempts'>,
  template: TaskTemplate,
  now: Date,
): AttemptView[] {
  return attempts
    .map((one, nth) => ({
      title: t(ENDED[one.ended ?? 'waits'], { n: nth + 1, when: fmt.moment(one.at, now) }),
      answers: answersIn({ t, fmt }, one, template),
      shown: one.shown,
      comment: one.comment,
    }))
    .toReversed();
}

const ENDED = {
  returned: 'tasks.attempt.returned',
  verified: 'tasks.attempt.verified',
  withdrawn: 'tasks.attempt.withdrawn',
  waits: 'tasks.attempt.waits',
} as const;

function answersIn({ t }: Words, attempt: TaskAttempt, template: TaskTemplate): AttemptView['answers'] {
  const given = wordsOf(attempt.answers);
  return template.questions.map(({ key, label }) => ({
    label: t(label),
    text: given[key]?.trim() || t('tasks.work.empty'),
  }));
}
