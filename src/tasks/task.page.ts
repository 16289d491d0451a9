import { initialsOf } from '../people/person.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import { formatter } from '../shared/format.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, LogEntry, Notice, PathNode } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { savedToday } from '../shared/savedToday.ts';
import type { Proof } from './proof.ts';
import { isTaskOverdue, LONGEST_ANSWER, mayWork, type Task, type TaskLink } from './task.ts';
import { PROOF_FIELD, wordsOf } from './taskAnswers.ts';
import { mayMoveTask } from './taskMove.ts';
import {
  attemptViews,
  proofCard,
  rubricRows,
  type AttemptView,
  type ProofCard,
  type RubricRow,
} from './taskParts.page.ts';
import { taskLog, taskPath } from './taskStory.page.ts';
import type { TaskTemplate } from './template.ts';

/** One task as an LMS assignment opens it: only that task, and a way to the plan it is part of. */
export interface TaskPage extends PageModel {
  eyebrow: string;
  status: Chip;
  errors: readonly FieldError[];
  intro: string;
  /** Null for a task that was excused or closed. */
  path: PathNode[] | null;
  facts: { label: string; value: string }[];
  /** The advisor's words. */
  notice: Notice | null;
  todo: { length: string; items: string[]; open: boolean };
  /** What is to be written, or what was handed in. */
  work: TaskWork | null;
  answers: { label: string; text: string }[];
  next: { paragraphs: string[]; withdraw: { action: string; button: Action } | null } | null;
  log: LogEntry[];
  /** What must be in the plan before it is handed in. */
  proof: ProofCard | null;
  /** Tasks of which any one is enough. */
  choice: { text: string; items: { label: string; href: string | null; chip: Chip }[] } | null;
  rubric: RubricRow[] | null;
  /** Earlier hand-ins, the newest first. */
  attempts: AttemptView[];
}

export interface TaskWork {
  action: string;
  version: number;
  savedAt: string | null;
  fields: Field[];
  handIn: { title: string; paragraphs: string[]; action: string; button: string; later: string };
}

declare module '../shared/page.ts' {
  interface Pages {
    'tasks/show': TaskPage;
  }
}

/** What the page is made from. */
export interface TaskFacts {
  task: Task;
  link: TaskLink;
  template: TaskTemplate;
  course: string;
  /** Who assigned it, and everybody in its history, by person id. */
  names: ReadonlyMap<string, string>;
  /** What people call the LMS, and whether it shows a task as handed in before it is graded. */
  lms: { name: string; showsHandIn: boolean };
  proof: Proof | null;
  /** The student's other tasks of the same choice. */
  choice: readonly { task: Pick<Task, 'id' | 'state'> | null; title: string }[];
  /** The school's time zone: the due moment is in it. */
  zone: string;
  now: Date;
}

/** After an error: what was typed, and what is wrong with it. */
export interface TaskTyped {
  typed: Readonly<Record<string, string>>;
  problems: readonly FieldError[];
}

export function taskPage(words: Words, facts: TaskFacts, after: TaskTyped | null = null): TaskPage {
  const { t } = words;
  const { task, link, template, course, now } = facts;
  const writable = mayWork(task);
  const problems = after?.problems ?? [];
  return {
    title: link.title,
    eyebrow: t('tasks.page.eyebrow', { advisor: advisorOf(words, facts), course }),
    status: chipOf(words, facts),
    errors: problems.map((problem) => named(words, template, problem)),
    intro: t('tasks.work.toFix', { count: problems.length }),
    path: taskPath(words, facts),
    facts: factsOf(words, facts),
    notice: noticeOf(words, facts),
    todo: {
      length: lengthOf(words, template.minutes),
      items: template.todo.map((key) => t(key)),
      open: writable,
    },
    work: writable ? workOf(words, facts, after) : null,
    answers: writable ? [] : answersOf(words, facts),
    next: writable ? null : nextOf(words, facts),
    log: taskLog(words, facts),
    proof: facts.proof && proofCard(words, facts.proof, task, errorOf(problems, PROOF_FIELD), writable),
    choice: choiceOf(words, facts),
    rubric: rubricRows(words, template.rubric, task.rubric),
    attempts: attemptViews(words, task, template, now),
  };
}

/** In the summary every problem says which question it is about: several may have the same fault. */
function named({ t }: Words, { questions }: TaskTemplate, problem: FieldError): FieldError {
  const question = questions.find(({ key }) => key === problem.field);
  if (!question) return problem;
  const { message } = problem;
  return { ...problem, message: t('tasks.work.problem', { question: t(question.label), message }) };
}

/** Who assigned the task, for the middle of a sentence. */
function advisorOf({ t }: Words, { names, link }: TaskFacts): string {
  return names.get(link.createdBy) ?? t('tasks.page.advisor');
}

/** The same for the beginning of a sentence. */
function advisorFirst({ t }: Words, { names, link }: TaskFacts): string {
  return names.get(link.createdBy) ?? t('tasks.page.anAdvisor');
}

const CHIP = {
  assigned: { key: 'tasks.chip.assigned', tone: 'quiet', icon: 'circle' },
  opened: { key: 'tasks.chip.inProgress', tone: 'now', icon: 'half' },
  in_progress: { key: 'tasks.chip.inProgress', tone: 'now', icon: 'half' },
  submitted: { key: 'tasks.chip.submitted', tone: 'review', icon: 'send' },
  returned: { key: 'tasks.chip.returned', tone: 'warn', icon: 'warn' },
  verified: { key: 'tasks.chip.verified', tone: 'done', icon: 'check' },
  excused: { key: 'tasks.chip.excused', tone: 'quiet', icon: 'check' },
  expired: { key: 'tasks.chip.expired', tone: 'quiet', icon: 'lock' },
} as const;

function chipOf({ t }: Words, { task, link, now }: TaskFacts): Chip {
  if (task.state !== 'returned' && isTaskOverdue(task, link, now))
    return { label: t('tasks.chip.overdue'), tone: 'stop', icon: 'clock' };
  const { key, tone, icon } = CHIP[task.state];
  return { label: t(key), tone, icon };
}

function lengthOf({ t }: Words, minutes: number): string {
  return minutes < 120
    ? t('tasks.todo.minutes', { minutes })
    : t('tasks.todo.hours', { hours: Math.round(minutes / 60) });
}

function factsOf(words: Words, facts: TaskFacts): TaskPage['facts'] {
  const { t } = words;
  const { task, link, template, now } = facts;
  const late = isTaskOverdue(task, link, now);
  const due = late
    ? 'tasks.fact.wasDue'
    : task.state === 'returned'
      ? 'tasks.fact.dueAgain'
      : 'tasks.fact.due';
  return [
    { label: t(due), value: dueWords(words, facts) },
    { label: t('tasks.fact.points'), value: pointsWords(words, facts) },
    { label: t('tasks.fact.part'), value: t(template.part) },
  ];
}

/** The due moment where the school is; its zone is named to somebody who is elsewhere. */
export function dueWords({ t, fmt }: Words, { link, zone }: Pick<TaskFacts, 'link' | 'zone'>): string {
  if (!link.dueAt) return t('tasks.fact.noDue');
  const school = formatter(t, zone);
  const [day, time] = [school.weekday(link.dueAt), school.time(link.dueAt)];
  if (fmt.timeZone === zone) return t('tasks.fact.dueHere', { day, time });
  const parts = new Intl.DateTimeFormat(t.locale, { timeZone: zone, timeZoneName: 'short' });
  const name = parts.formatToParts(link.dueAt).find(({ type }) => type === 'timeZoneName')?.value ?? zone;
  return t('tasks.fact.dueAt', { day, time, zone: name });
}

function pointsWords({ t }: Words, { task, link, template }: TaskFacts): string {
  const { points } = link;
  if (task.state === 'excused') return t('tasks.fact.pointsNone');
  if (task.state === 'verified') return t('tasks.fact.pointsGiven', { given: task.points ?? points, points });
  return t(template.needsVerification ? 'tasks.fact.pointsLater' : 'tasks.fact.pointsAtOnce', { points });
}

/** What to change, or what was said when it was accepted. */
function noticeOf(words: Words, facts: TaskFacts): Notice | null {
  const { t, fmt } = words;
  const { task, names, now } = facts;
  const asks = task.state === 'returned';
  if (task.comment === '' || (!asks && task.state !== 'verified')) return null;
  const advisor = names.get(task.decidedBy ?? '') ?? t('tasks.page.anAdvisor');
  return {
    id: 'said',
    title: t(asks ? 'tasks.asked.title' : 'tasks.said.title', { advisor }),
    tone: asks ? 'warn' : 'done',
    meta: task.decidedAt && fmt.moment(task.decidedAt, now),
    quote: task.comment,
    initials: initialsOf(advisor),
    actions: asks ? [{ label: t('tasks.asked.go'), href: '#work' }] : [],
  };
}

function workOf(words: Words, facts: TaskFacts, after: TaskTyped | null): TaskWork {
  const { t } = words;
  const { task, template } = facts;
  const typed = after?.typed ?? wordsOf(task.answers);
  const sees = t('tasks.page.sees');
  return {
    action: paths.task(task.id),
    version: task.version,
    savedAt: savedToday(words, task.answers.length > 0 ? task.changedAt : null, facts.now),
    fields: template.questions.map(({ key, label, hint, minWords }) => ({
      name: key,
      label: t(label),
      hint: t(hint),
      kind: 'textarea',
      rows: 4,
      maxLength: LONGEST_ANSWER,
      optional: minWords === 0,
      value: typed[key] ?? '',
      error: errorOf(after?.problems ?? [], key),
      sees,
    })),
    handIn: handInOf(words, facts),
  };
}

function handInOf(words: Words, facts: TaskFacts): TaskWork['handIn'] {
  const { t, fmt } = words;
  const { task, link, template, lms, now } = facts;
  const advisor = advisorOf(words, facts);
  const told = lms.showsHandIn && link.place === 'lms' ? 'tasks.handIn.bodyCanvas' : 'tasks.handIn.body';
  const asked = template.needsVerification;
  const what = asked
    ? t(told, { advisor: advisorFirst(words, facts), lms: lms.name })
    : t('tasks.handIn.bodyAtOnce');
  const grade = gradeWords(words, facts, asked ? 'tasks.handIn.grade' : 'tasks.handIn.gradeAtOnce');
  const late = link.dueAt !== null && isTaskOverdue(task, link, now);
  return {
    title: t(task.state === 'returned' ? 'tasks.handIn.again' : 'tasks.handIn.title'),
    paragraphs: [
      ...(late && link.dueAt ? [t('tasks.handIn.late', { when: fmt.moment(link.dueAt, now) })] : []),
      what,
      grade,
    ],
    action: paths.handIn(task.id),
    button: asked ? t('tasks.handIn.button', { advisor }) : t('tasks.handIn.buttonAtOnce'),
    later: t('tasks.handIn.later'),
  };
}

/** Where the points go: to the LMS, or nowhere for a task that was given inside Waymark. */
function gradeWords(
  { t }: Words,
  { link, lms }: TaskFacts,
  key: 'tasks.handIn.grade' | 'tasks.handIn.gradeAtOnce',
): string {
  return link.place === 'lms' ? t(key, { points: link.points, lms: lms.name }) : t('tasks.handIn.inside');
}

/** "Any one of these is enough", with where each of the others is. */
function choiceOf({ t }: Words, { choice }: TaskFacts): TaskPage['choice'] {
  if (choice.length === 0) return null;
  return {
    text: t('tasks.choice.text', { count: choice.length }),
    items: choice.map(({ task, title }) => {
      const { key, tone, icon } = CHIP[task?.state ?? 'assigned'];
      return { label: title, href: task && paths.task(task.id), chip: { label: t(key), tone, icon } };
    }),
  };
}

function answersOf({ t }: Words, { task, template }: TaskFacts): TaskPage['answers'] {
  const given = wordsOf(task.answers);
  return template.questions.map(({ key, label }) => ({
    label: t(label),
    text: given[key]?.trim() || t('tasks.work.empty'),
  }));
}

/** What happens next, and what it does to the grade. */
function nextOf(words: Words, facts: TaskFacts): TaskPage['next'] {
  const { t } = words;
  const { task, link, lms } = facts;
  const advisor = advisorFirst(words, facts);
  const { points } = link;
  switch (task.state) {
    case 'submitted':
      return {
        paragraphs: [
          t('tasks.next.submitted', { advisor }),
          gradeWords(words, facts, 'tasks.handIn.grade'),
          task.seenAt ? t('tasks.next.seen', { advisor }) : t('tasks.next.takeBack'),
        ],
        withdraw: withdrawOf(words, task),
      };
    case 'verified':
      return only(
        t('tasks.next.verified', { given: task.points ?? points, points }),
        link.place === 'lms' ? t('tasks.next.verifiedGrade', { lms: lms.name }) : t('tasks.handIn.inside'),
      );
    case 'excused':
      return only(
        t('tasks.next.excused'),
        ...(task.excuse ? [t('tasks.next.excusedWhy', { reason: task.excuse })] : []),
      );
    case 'expired':
      return only(t('tasks.next.expired', { advisor: advisorOf(words, facts) }));
    default:
      return null;
  }
}

function only(...paragraphs: string[]): NonNullable<TaskPage['next']> {
  return { paragraphs, withdraw: null };
}

function withdrawOf({ t }: Words, task: Task): NonNullable<TaskPage['next']>['withdraw'] {
  if (task.seenAt !== null || !mayMoveTask(task, 'withdraw', 'student')) return null;
  return { action: paths.takeBack(task.id), button: { label: t('tasks.next.withdraw'), icon: 'undo' } };
}
