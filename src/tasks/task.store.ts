import { Schema } from 'mongoose';
import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, plain } from '../shared/model.ts';
import type { Task } from './task.ts';

type TaskDoc = Omit<Task, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;
const Answer = new Schema(
  { question: { type: String, required: true }, text: { type: String, default: '' } },
  bare,
);
const History = new Schema(
  {
    at: { type: Date, required: true },
    by: { type: String, required: true },
    state: { type: String, required: true },
    comment: { type: String, default: '' },
  },
  bare,
);

const Choice = new Schema(
  { criterion: { type: String, required: true }, level: { type: Number, required: true } },
  bare,
);
const Attempt = new Schema(
  {
    at: { type: Date, required: true },
    answers: { type: [Answer], default: [] },
    shown: { type: [String], default: [] },
    ended: { type: String, default: null },
    comment: { type: String, default: '' },
  },
  bare,
);

const Tasks = defineModel<TaskDoc>({
  name: 'tasks',
  tenancy: 'institution',
  fields: {
    link: { type: String, required: true },
    course: { type: String, required: true },
    person: { type: String, required: true },
    template: { type: String, required: true },
    templateVersion: { type: Number, required: true },
    state: { type: String, required: true },
    answers: { type: [Answer], default: [] },
    version: { type: Number, required: true },
    openedAt: { type: Date, default: null },
    submittedAt: { type: Date, default: null },
    seenAt: { type: Date, default: null },
    decidedAt: { type: Date, default: null },
    decidedBy: { type: String, default: null },
    comment: { type: String, default: '' },
    excuse: { type: String, default: null },
    points: { type: Number, default: null },
    rubric: { type: [Choice], default: [] },
    attempts: { type: [Attempt], default: [] },
    history: { type: [History], default: [] },
    changedAt: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, link: 1, person: 1 }, { unique: true }],
    [{ institution: 1, person: 1, changedAt: -1 }],
    // What waits for an advisor in a course, longest first.
    [{ institution: 1, course: 1, state: 1, submittedAt: 1 }],
  ],
  registry: [
    {
      fields: ['link', 'course', 'person', 'template', 'templateVersion', 'version', 'changedAt'],
      purpose: 'say whose work on which assignment it is',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        'answers.question',
        'answers.text',
        'attempts.at',
        'attempts.answers.question',
        'attempts.answers.text',
        'attempts.shown',
        'attempts.ended',
        'attempts.comment',
      ],
      purpose: 'the student’s own words on the task',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        'state',
        'openedAt',
        'submittedAt',
        'seenAt',
        'decidedAt',
        'decidedBy',
        'comment',
        'points',
        'rubric.criterion',
        'rubric.level',
      ],
      purpose: 'lead the task from assigned to accepted',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: ['excuse', 'history.at', 'history.by', 'history.state', 'history.comment'],
      purpose: 'show what happened to the task, and why it was excused',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** Tasks stored before hand-ins were kept have none. */
function whole(doc: TaskDoc): Task {
  return { ...plain(doc), rubric: doc.rubric ?? [], attempts: doc.attempts ?? [] };
}

/** Makes the task unless the student has it: opened twice at once is one task. @returns whether it is new. */
export async function addTask(task: Omit<Task, 'id'>): Promise<{ task: Task; isNew: boolean }> {
  const { institution, link, person, ...first } = task;
  const found = await Tasks.findOneAndUpdate(
    { institution, link, person },
    { $setOnInsert: first },
    { upsert: true, returnDocument: 'after', includeResultMetadata: true, lean: true },
  );
  return { task: whole(found.value as TaskDoc), isNew: found.lastErrorObject?.['updatedExisting'] === false };
}

export async function findTask(institution: string, id: string): Promise<Task | null> {
  const doc = await Tasks.findOne({ institution, _id: id }).lean<TaskDoc>();
  return doc && whole(doc);
}

export async function findTaskOf(institution: string, link: string, person: string): Promise<Task | null> {
  const doc = await Tasks.findOne({ institution, link, person }).lean<TaskDoc>();
  return doc && whole(doc);
}

/** A student's tasks, last changed first. */
export async function listTasksOf(institution: string, person: string): Promise<Task[]> {
  const docs = await Tasks.find({ institution, person }).sort({ changedAt: -1 }).limit(100).lean<TaskDoc[]>();
  return docs.map(whole);
}

/** Tasks of one assignment. */
export async function listTasksOfLink(institution: string, link: string): Promise<Task[]> {
  return (await Tasks.find({ institution, link }).lean<TaskDoc[]>()).map(whole);
}

/** What a caseload says of a task that waits for verification. */
export type HandIn = Pick<Task, 'id' | 'person' | 'submittedAt' | 'changedAt'>;

/** Of 400 students, twenty-five each. */
const MOST_HAND_INS = 10_000;

/** What waits for verification in some courses, handed in longest ago first; without the answers, which are long. */
export async function listHandIns(institution: string, courses: readonly string[]): Promise<HandIn[]> {
  const docs = await Tasks.find({ institution, course: { $in: [...courses] }, state: 'submitted' })
    .sort({ submittedAt: 1 })
    .limit(MOST_HAND_INS)
    .batchSize(1_000)
    .select('person submittedAt changedAt')
    .lean<(Omit<HandIn, 'id'> & { _id: string })[]>();
  return docs.map(plain);
}

/**
 * One atomic write; the filter holds the version and state that were read.
 * @throws Conflict when somebody else wrote first.
 */
export async function updateTask(
  read: Pick<Task, 'institution' | 'id' | 'version' | 'state'>,
  change: Partial<Omit<Task, 'id' | 'institution' | 'link' | 'person' | 'version'>>,
): Promise<Task> {
  const { institution, id, version, state } = read;
  const doc = await Tasks.findOneAndUpdate(
    { institution, _id: id, version, state },
    { $set: change, $inc: { version: 1 } },
    { returnDocument: 'after' },
  ).lean<TaskDoc>();
  if (!doc) throw new Conflict(say('plans.error.changed'), `task ${id} is no longer at version ${version}`);
  return whole(doc);
}
