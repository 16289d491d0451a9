import { randomUUID } from 'node:crypto';
import { record } from '../audit/audit.service.ts';
import { studentsOf } from '../courses/enrolment.service.ts';
import { isStaffRole, type Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { Forbidden, Invalid } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import { getLink } from './link.service.ts';
import { addLinks } from './link.store.ts';
import { assignedTask } from './task.service.ts';
import { findTaskOf } from './task.store.ts';
import type { TaskLink } from './task.ts';
import { excuseTask } from './taskReview.service.ts';
import { getTemplate } from './template.ts';

/** How many tasks are given at once. */
export const MOST_AT_ONCE = 5;

/** Tasks for students of one course, inside Waymark: no assignment and no column is made in the LMS. */
export interface Assigning {
  course: string;
  /** Template ids, in the picker's order. */
  templates: readonly string[];
  /** Person ids; those who are not students of the course are refused. */
  people: readonly string[];
  dueAt: Date | null;
  /** `one`: any one of them is enough. */
  asks: 'all' | 'one';
}

/**
 * Gives tasks to one student, some or a whole course.
 * @throws Invalid without a task or a student, or beyond the limit
 */
export async function assignInside(actor: Actor, assigning: Assigning, now: Date): Promise<TaskLink[]> {
  refuseOthers(actor);
  const { templates, asks } = assigning;
  const people = await studentsAmong(actor.institution, assigning.course, assigning.people);
  if (templates.length === 0) throw problem('templates', say('tasks.error.noTemplate'));
  if (templates.length > MOST_AT_ONCE)
    throw problem('templates', say('tasks.error.tooManyTasks', { limit: MOST_AT_ONCE }));
  const group = asks === 'one' && templates.length > 1 ? newId() : null;
  const links = templates.map((id) => insideLink(actor, assigning, { id, group }, now));
  await inTransaction(async () => {
    await addLinks(links);
    for (const link of links) for (const person of people) await give(actor, link, person, now);
  });
  return links;
}

/** Gives an assignment that is there to further students. @returns how many got it */
export async function assignAlso(
  actor: Actor,
  linkId: string,
  wanted: readonly string[],
  now: Date,
): Promise<number> {
  refuseOthers(actor);
  const link = await getLink(actor.institution, linkId);
  const people = await studentsAmong(actor.institution, link.course, wanted);
  let given = 0;
  await inTransaction(async () => {
    given = 0;
    for (const person of people) if (await give(actor, link, person, now)) given += 1;
  });
  return given;
}

/** @returns false when the student has it already */
async function give(actor: Actor, link: TaskLink, person: string, at: Date): Promise<boolean> {
  if (await findTaskOf(link.institution, link.id, person)) return false;
  const task = await assignedTask(link, person, at);
  await record({
    institution: link.institution,
    actor: actor.person,
    action: 'task.assigned',
    subject: person,
    object: { kind: 'task', id: task.id },
    changes: [{ field: 'title', from: null, to: link.title }],
    via: actor.via,
    at,
  });
  return true;
}

/**
 * Excuses a student who has not opened the assignment. Nothing is sent to the gradebook.
 * @throws Invalid without a student of the course, or without a reason
 */
export async function excuseUnopened(
  actor: Actor,
  linkId: string,
  { person, reason }: { person: string; reason: string },
  now: Date,
): Promise<void> {
  refuseOthers(actor);
  const link = await getLink(actor.institution, linkId);
  const here = (await studentsOf(actor.institution, [link.course])).some((one) => one.person === person);
  if (!here) throw problem('person', say('tasks.error.nobody'));
  await excuseTask(actor, linkId, person, reason, now);
}

function refuseOthers({ role }: Actor): void {
  if (!isStaffRole(role)) throw new Forbidden(`${role} may not assign tasks`);
}

async function studentsAmong(
  institution: string,
  course: string,
  wanted: readonly string[],
): Promise<string[]> {
  const here = new Set((await studentsOf(institution, [course])).map(({ person }) => person));
  const people = [...new Set(wanted)];
  if (people.length === 0) throw problem('people', say('tasks.error.nobody'));
  if (people.some((person) => !here.has(person))) throw problem('people', say('tasks.error.notHere'));
  return people;
}

function insideLink(
  actor: Actor,
  { course, dueAt }: Assigning,
  { id, group }: { id: string; group: string | null },
  now: Date,
): TaskLink {
  const template = getTemplate(id);
  return {
    id: newId(),
    institution: actor.institution,
    uuid: randomUUID(),
    template: id,
    course,
    title: say(template.title),
    points: template.points,
    dueAt,
    place: 'waymark',
    group,
    lineItem: null,
    resourceLinkId: null,
    createdBy: actor.person,
    createdAt: now,
  };
}

function problem(field: string, message: string): Invalid {
  return new Invalid([{ field, message }]);
}
