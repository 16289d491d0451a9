import { GRADE_STATUS_LABEL, type GradeStatus } from '../jobs/gradeStatus.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Chunk } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Choices, Field, Head, LogEntry, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { dayWords, stateChip } from './assignment.page.ts';
import { isWritable, type Task, type TaskLink, type TaskState } from './task.ts';
import type { Proof } from './proof.ts';
import { mayMoveTask } from './taskMove.ts';
import {
  attemptViews,
  proofForStaff,
  rubricRows,
  type AttemptView,
  type ProofCard,
  type RubricRow,
} from './taskParts.page.ts';
import type { TaskTemplate } from './template.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'assignments/verify': VerifyPage;
  }
}

export interface VerifyPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  /** A post that came too late. */
  problem: Notice | null;
  action: string;
  facts: readonly { label: string; value: string }[];
  /** The student can still take it back: a button keeps it. */
  start: { notice: Notice; button: Action } | null;
  early: string | null;
  answers: { heading: string; items: readonly { label: string; text: string | null; none: string }[] };
  check: { heading: string; text: string };
  /** What is in the plan for this task; null for a task that is done by writing. */
  proof: ProofCard | null;
  /** The levels that were chosen; null without a rubric, or while they are chosen. */
  rubric: RubricRow[] | null;
  attempts: AttemptView[];
  decide: {
    heading: string;
    comment: Field;
    levels: Choices[];
    /** Where the points come from the levels. */
    scored: string | null;
    points: Field | null;
    buttons: readonly Action[];
    hint: string | null;
  } | null;
  next: { heading: string; items: readonly (readonly Chunk[])[] } | null;
  excuse: { heading: string; reason: Field; button: Action } | null;
  grade: { heading: string; label: string; text: string } | null;
  history: { heading: string; entries: readonly LogEntry[] };
  queue: { heading: string; next: { href: string; name: string } | null; none: string };
}

/** What a refused or late post held. */
export interface TypedDecision {
  comment: string;
  points: string;
  reason: string;
  /** Criterion key → level. */
  levels: Readonly<Record<string, string>>;
}

export interface VerifyFacts {
  task: Task;
  link: TaskLink;
  template: TaskTemplate;
  course: string;
  student: { name: string; given: string };
  /** Person id → name, of everybody in the history. */
  names: ReadonlyMap<string, string>;
  grade: GradeStatus | null;
  proof: Proof | null;
  /** The next task of this assignment that waits. */
  next: { id: string; name: string } | null;
  typed: TypedDecision | null;
  errors: readonly FieldError[];
  problem: string | null;
  now: Date;
}

/** A student's task before an advisor: the answers, and what the advisor says to them. */
export function verifyPage(words: Words, facts: VerifyFacts): VerifyPage {
  const { t } = words;
  const { task, link, template, student, course, errors } = facts;
  const name = called(facts);
  return {
    title: t('assign.verify.title', { name, title: link.title }),
    head: {
      title: t('assign.verify.title', { name: student.name, title: link.title }),
      back: { href: paths.assignment(link.id), label: t('assign.verify.back') },
      eyebrow: t('assign.page.eyebrow', { course }),
      status: stateChip(words, task),
    },
    errors,
    problem: facts.problem
      ? { id: 'late', tone: 'stop', icon: 'warn', title: t('assign.page.problem'), text: facts.problem }
      : null,
    action: paths.studentTask(task.id),
    facts: factsOf(words, facts),
    start: startOf(words, facts),
    early: isWritable(task) ? t('assign.verify.early', { name }) : null,
    answers: {
      heading: t('assign.verify.answers', { name }),
      items: template.questions.map(({ key, label }) => ({
        label: t(label),
        text: task.answers.find(({ question }) => question === key)?.text.trim() || null,
        none: t('assign.verify.noAnswer'),
      })),
    },
    check: { heading: t('assign.verify.check'), text: t(template.check) },
    proof: facts.proof && proofForStaff(words, facts.proof, task),
    rubric: mayMoveTask(task, 'verify', 'advisor') ? null : rubricRows(words, template.rubric, task.rubric),
    attempts: attemptViews(words, task, template, facts.now),
    decide: decideOf(words, facts),
    next: nextOf(words, facts),
    excuse: excuseOf(words, facts),
    grade: gradeOf(words, facts),
    history: {
      heading: t('assign.verify.history'),
      entries: task.history.map((entry) => entryOf(words, facts, entry)).toReversed(),
    },
    queue: {
      heading: t('assign.verify.queue'),
      next: facts.next ? { href: paths.studentTask(facts.next.id), name: facts.next.name } : null,
      none: t('assign.verify.queueNone'),
    },
  };
}

/** As one calls the student in a sentence. */
function called({ student }: VerifyFacts): string {
  return student.given || student.name;
}

function factsOf(words: Words, { task, link, now }: VerifyFacts): VerifyPage['facts'] {
  const { t, fmt } = words;
  const { submittedAt } = task;
  return [
    {
      label: t('assign.verify.handedIn'),
      value:
        submittedAt && task.state !== 'in_progress'
          ? fmt.moment(submittedAt, now)
          : t('assign.verify.notHandedIn'),
    },
    {
      label: t('assign.verify.due'),
      value: link.dueAt ? dayWords(words, link.dueAt, now) : t('assign.page.noDue'),
    },
    {
      label: t('assign.verify.points'),
      value:
        task.points === null
          ? fmt.number(link.points)
          : t('assign.score', { given: task.points, max: link.points }),
    },
  ];
}

function startOf({ t }: Words, facts: VerifyFacts): VerifyPage['start'] {
  const { task } = facts;
  if (task.state !== 'submitted' || task.seenAt !== null) return null;
  return {
    notice: {
      id: 'start',
      tone: 'now',
      icon: 'eye',
      title: t('assign.verify.takeBack.title', { name: called(facts) }),
      text: t('assign.verify.takeBack.body'),
    },
    button: { label: t('assign.verify.start'), name: 'do', value: 'start' },
  };
}

function decideOf({ t }: Words, facts: VerifyFacts): VerifyPage['decide'] {
  const { task, link, template, typed, errors } = facts;
  const name = called(facts);
  const isScored = template.rubric?.gives === 'score';
  const may = (event: 'verify' | 'return' | 'reopen'): boolean => mayMoveTask(task, event, 'advisor');
  if (!may('verify') && !may('reopen')) return null;
  return {
    heading: t('assign.verify.decide'),
    comment: {
      name: 'comment',
      kind: 'textarea',
      rows: 4,
      label: t('assign.verify.comment'),
      hint: t(may('verify') ? 'assign.verify.commentHint' : 'assign.verify.reopenComment'),
      sees: t('assign.verify.sees', { name }),
      value: typed?.comment ?? '',
      error: errorOf(errors, 'comment'),
    },
    levels: may('verify') ? levelsOf({ t }, facts) : [],
    scored: may('verify') && isScored ? t('assign.verify.scored', { max: link.points }) : null,
    points:
      may('verify') && !isScored
        ? {
            name: 'points',
            kind: 'number',
            width: 'short',
            label: t('assign.verify.pointsOf', { max: link.points }),
            value: typed?.points || String(link.points),
            error: errorOf(errors, 'points'),
          }
        : null,
    buttons: may('verify')
      ? [
          { ...button(t('assign.verify.accept'), 'verify', 'check'), kind: 'primary', large: true },
          { ...button(t('assign.verify.sendBack'), 'return', 'undo'), large: true },
        ]
      : [button(t('assign.verify.reopen', { name }), 'reopen', 'undo')],
    hint: may('reopen') && task.state === 'verified' ? t('assign.verify.reopenHint') : null,
  };
}

/** A question for each criterion; needed where the points follow from the levels. */
function levelsOf({ t }: Pick<Words, 't'>, { template, typed, errors }: VerifyFacts): Choices[] {
  const { rubric } = template;
  if (rubric === null) return [];
  return rubric.criteria.map(({ key, label, levels }) => ({
    name: `rubric.${key}`,
    legend: t(label),
    options: levels.map((level, nth) => ({ value: String(nth), label: t(level) })),
    value: typed?.levels[key] ?? null,
    error: errorOf(errors, `rubric.${key}`),
    optional: rubric.gives === 'words',
  }));
}

function button(label: string, value: string, icon: string): Action {
  return { label, name: 'do', value, icon };
}

function nextOf({ t }: Words, facts: VerifyFacts): VerifyPage['next'] {
  if (!mayMoveTask(facts.task, 'verify', 'advisor')) return null;
  const name = called(facts);
  return {
    heading: t('assign.verify.next'),
    items: [t.rich('assign.verify.next.accept', { name }), t.rich('assign.verify.next.back', { name })],
  };
}

function excuseOf({ t }: Words, facts: VerifyFacts): VerifyPage['excuse'] {
  const { task, typed, errors } = facts;
  if (!mayMoveTask(task, 'excuse', 'advisor')) return null;
  const heading = t('assign.verify.excuse', { name: called(facts) });
  return {
    heading,
    reason: {
      name: 'reason',
      label: t('assign.verify.reason'),
      hint: t('assign.verify.excuseHint'),
      value: typed?.reason ?? '',
      error: errorOf(errors, 'reason'),
    },
    button: button(t('assign.verify.excuseButton'), 'excuse', 'x'),
  };
}

function gradeOf({ t }: Words, { grade }: VerifyFacts): VerifyPage['grade'] {
  if (!grade) return null;
  return {
    heading: t('assign.verify.grade'),
    label: t(GRADE_STATUS_LABEL[grade.status]),
    text: t(grade.reason),
  };
}

const HISTORY_ICON: Record<TaskState, string> = {
  assigned: 'task',
  opened: 'eye',
  in_progress: 'pencil',
  submitted: 'send',
  returned: 'undo',
  verified: 'check',
  excused: 'x',
  expired: 'lock',
};

function entryOf({ t, fmt }: Words, { names, now }: VerifyFacts, entry: Task['history'][number]): LogEntry {
  const { at, by, state, comment } = entry;
  const name = by === 'system' ? t('assign.verify.waymark') : (names.get(by) ?? t('assign.verify.someone'));
  const chunks =
    state === 'verified' && comment !== ''
      ? t.rich('assign.verify.history.verifiedComment', { name, comment })
      : t.rich(`assign.verify.history.${state === 'in_progress' ? 'inProgress' : state}`, { name, comment });
  return { icon: HISTORY_ICON[state], chunks, when: fmt.moment(at, now), datetime: at.toISOString() };
}
