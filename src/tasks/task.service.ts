import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Conflict, Forbidden } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { getLink, listLinksOfGroup } from './link.service.ts';
import { addTask, findTaskOf } from './task.store.ts';
import type { Task, TaskAnswer, TaskLink } from './task.ts';
import {
  answersFrom,
  checkDraft,
  checkHandIn,
  saysTheSame,
  wordsOf,
  type AnswerForm,
} from './taskAnswers.ts';
import { applyChange, changeTask, getTask, type TaskChange } from './taskChange.service.ts';
import { moveTask } from './taskMove.ts';
import { handedInAgain, lastEnded } from './attempt.ts';
import { proofOf } from './proof.service.ts';
import type { Proof } from './proof.ts';
import { getTemplate } from './template.ts';

export { listHandIns, listTasksOf, listTasksOfLink } from './task.store.ts';
export { getTask } from './taskChange.service.ts';

/**
 * A student opens an assignment: the task is made at the first time, and is "opened" from then on. Opened
 * twice at once is one task. @throws Forbidden to all but students.
 */
export async function openTask(actor: Actor, linkId: string, now: Date): Promise<Task> {
  if (actor.role !== 'student') throw new Forbidden(`${actor.role} has no tasks of their own`);
  const found = await findTaskOf(actor.institution, linkId, actor.person);
  if (found && found.state !== 'assigned') return found;
  return inTransaction(async () => {
    const link = await getLink(actor.institution, linkId);
    const task = await assignedTask(link, actor.person, now);
    if (task.state !== 'assigned') return task;
    const state = moveTask(task, 'open', actor.role);
    const change = { fields: { state, openedAt: now }, action: 'task.opened', changes: [], told: '' };
    return applyChange(actor, task, link, change, now);
  });
}

/** The student's task of an assignment, made as "assigned" when it is not there; inside a transaction. */
export async function assignedTask(link: TaskLink, person: string, now: Date): Promise<Task> {
  const { task } = await addTask({
    institution: link.institution,
    link: link.id,
    course: link.course,
    person,
    template: link.template,
    templateVersion: getTemplate(link.template).version,
    state: 'assigned',
    answers: [],
    version: 1,
    openedAt: null,
    submittedAt: null,
    seenAt: null,
    decidedAt: null,
    decidedBy: null,
    comment: '',
    excuse: null,
    points: null,
    rubric: [],
    attempts: [],
    history: [],
    changedAt: now,
  });
  return task;
}

/**
 * Saves answers as they are typed. @param version the task's version the writer saw.
 * Sending again what is stored changes nothing.
 * @throws VersionConflict with both texts when another tab saved since.
 */
export async function saveTaskDraft(
  actor: Actor,
  taskId: string,
  form: AnswerForm,
  version: number,
  now: Date,
): Promise<Task> {
  return changeTask(actor, taskId, now, (task) => {
    const state = moveTask(task, 'save', actor.role);
    const answers = answersFrom(form, getTemplate(task.template));
    if (saysTheSame(task, answers)) return null;
    refuseOther(task, answers, version);
    checkDraft(answers);
    return { fields: { state, answers }, action: 'task.saved', changes: changedAnswers(task, answers) };
  });
}

function refuseOther(task: Task, answers: readonly TaskAnswer[], version: number): void {
  if (task.version === version || saysTheSame(task, answers)) return;
  const stored = { words: wordsOf(task.answers), version: task.version, at: task.changedAt };
  throw new VersionConflict(stored, wordsOf(answers));
}

function changedAnswers(task: Task, answers: readonly TaskAnswer[]): TaskChange['changes'] {
  const stored = wordsOf(task.answers);
  return answers
    .filter(({ question, text }) => (stored[question] ?? '') !== text)
    .map(({ question, text }) => ({ field: question, from: stored[question] ?? null, to: text }));
}

/**
 * Hands the answers in. Where the template needs no person, they are accepted at once.
 * @throws Invalid naming what is empty, too short or not yet done elsewhere; VersionConflict as `saveTaskDraft`.
 */
export async function handIn(
  actor: Actor,
  taskId: string,
  form: AnswerForm,
  version: number,
  now: Date,
): Promise<Task> {
  const proof = await proofOf(await getTask(actor, taskId), now);
  return changeTask(actor, taskId, now, (task, link) => {
    const state = moveTask(task, 'handIn', actor.role);
    const template = getTemplate(task.template);
    const answers = answersFrom(form, template);
    refuseOther(task, answers, version);
    checkDraft(answers);
    checkHandIn(answers, template, proof);
    const attempts = handedInAgain(task, { answers, shown: shownBy(proof) }, now);
    const none = { seenAt: null, decidedAt: null, decidedBy: null, rubric: [] };
    const fields = { state, answers, attempts, submittedAt: now, ...none };
    const change = { action: 'task.submitted', changes: changedAnswers(task, answers), told: '' };
    return template.needsVerification
      ? { ...change, fields, graded: 'submitted' }
      : { ...change, fields, graded: 'verified', follows: accepted({ state, attempts }, link, now) };
  });
}

/** What was there is kept by its title with the hand-in, whatever is put away later. */
function shownBy(proof: Proof | null): string[] {
  return proof?.kind === 'upload' || proof?.kind === 'experience'
    ? proof.things.slice(0, 20).map(({ title }) => title)
    : [];
}

function accepted(
  task: Pick<Task, 'state' | 'attempts'>,
  link: TaskLink,
  now: Date,
): NonNullable<TaskChange['follows']> {
  return {
    fields: {
      state: moveTask(task, 'accept', 'system'),
      points: link.points,
      decidedAt: now,
      attempts: lastEnded(task, 'verified'),
    },
    action: 'task.verified',
    changes: [{ field: 'points', from: null, to: link.points }],
  };
}

/** The student takes back what they handed in, as long as no advisor has opened it. */
export async function withdrawHandIn(actor: Actor, taskId: string, now: Date): Promise<Task> {
  return changeTask(actor, taskId, now, (task) => {
    const state = moveTask(task, 'withdraw', actor.role);
    if (task.seenAt !== null) throw new Conflict(say('tasks.error.seen'), `task ${taskId} was seen`);
    const fields = { state, attempts: lastEnded(task, 'withdrawn') };
    return { fields, action: 'task.withdrawn', changes: [], told: '', graded: 'withdrawn' };
  });
}

/** The student's other tasks of the same choice, by their titles; none where all are asked for. */
export async function choiceOf(
  { institution, id, group }: TaskLink,
  person: string,
): Promise<{ task: Task | null; title: string }[]> {
  if (group === null) return [];
  const others = (await listLinksOfGroup(institution, group)).filter((link) => link.id !== id);
  return Promise.all(
    others.map(async (link) => ({ task: await findTaskOf(institution, link.id, person), title: link.title })),
  );
}
