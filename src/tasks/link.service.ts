import { record } from '../audit/audit.service.ts';
import type { Actor } from '../people/actor.ts';
import { say } from '../plans/say.ts';
import { randomUUID } from 'node:crypto';
import { Forbidden, Invalid, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { inTransaction } from '../shared/mongo.ts';
import * as store from './link.store.ts';
import type { TaskLink } from './task.ts';
import { getTemplate } from './template.ts';

export { findLink, findLinks, listLinksOf, listLinksOfGroup } from './link.store.ts';

/** @throws NotFound when this institution has no such assignment. */
export async function getLink(institution: string, id: string): Promise<TaskLink> {
  const link = await store.findLink(institution, id);
  if (!link) throw new NotFound(`task link ${id}`);
  return link;
}

/** One task chosen in the deep-linking picker; what is left out comes from the template. */
export interface LinkChoice {
  template: string;
  title?: string;
  points?: number;
  dueAt?: Date | null;
}

/**
 * Makes the links that a deep-linking response places in a course, in the order they were chosen. Each has
 * a uuid of its own, to travel in the item's custom parameters. @throws Invalid without a choice.
 */
export async function prepareLinks(
  actor: Actor,
  course: string,
  choices: readonly LinkChoice[],
  now: Date,
): Promise<TaskLink[]> {
  if (actor.role !== 'advisor' && actor.role !== 'administrator')
    throw new Forbidden(`${actor.role} may not assign tasks`);
  if (choices.length === 0)
    throw new Invalid([{ field: 'templates', message: say('tasks.error.noTemplate') }]);
  const links = choices.map((choice) => newLink(actor, course, choice, now));
  await inTransaction(async () => {
    await store.addLinks(links);
    await record(...links.map((link) => preparedBy(actor, link, now)));
  });
  return links;
}

function newLink(actor: Actor, course: string, choice: LinkChoice, now: Date): TaskLink {
  const template = getTemplate(choice.template);
  const points = choice.points ?? template.points;
  if (!Number.isInteger(points) || points < 1 || points > 1_000)
    throw new Invalid([{ field: `points.${template.id}`, message: say('tasks.error.linkPoints') }]);
  return {
    id: newId(),
    institution: actor.institution,
    uuid: randomUUID(),
    template: template.id,
    course,
    title: choice.title?.trim() || say(template.title),
    points,
    dueAt: choice.dueAt ?? null,
    place: 'lms',
    group: null,
    lineItem: null,
    resourceLinkId: null,
    createdBy: actor.person,
    createdAt: now,
  };
}

function preparedBy(actor: Actor, link: TaskLink, at: Date): Parameters<typeof record>[number] {
  return {
    institution: actor.institution,
    actor: actor.person,
    action: 'link.prepared',
    subject: null,
    object: { kind: 'link', id: link.id },
    changes: [{ field: 'title', from: null, to: link.title }],
    via: actor.via,
    at,
  };
}

/** Where a launch found a deep link: its place in the LMS, and its grade column if the launch named one. */
export interface Place {
  resourceLinkId: string;
  lineItem: string | null;
}

/**
 * The assignment a launch opens. The first launch binds the link to its place. Where the same deep link
 * turns up elsewhere - a copied course, a duplicated activity - it becomes a link of its own; where another
 * deep link has taken a place, the newer one has it (lms.md, Moodle: an edited activity keeps its id).
 * @throws NotFound when this institution never made that deep link.
 */
export async function bindLink(
  institution: string,
  uuid: string,
  course: string,
  place: Place,
  now: Date,
): Promise<TaskLink> {
  const places = await store.listLinksByUuid(institution, uuid);
  const [origin] = places;
  if (!origin) throw new NotFound(`deep link ${uuid}`);
  const here = places.filter((link) => link.course === course);
  const bound = here.find(({ resourceLinkId }) => resourceLinkId === place.resourceLinkId);
  const target = bound ?? here.find(({ resourceLinkId }) => resourceLinkId === null);
  if (!target) return copyTo(origin, course, place, now);
  return isBound(target, place) ? target : bind(target, place, now);
}

function isBound(link: TaskLink, { resourceLinkId, lineItem }: Place): boolean {
  return link.resourceLinkId === resourceLinkId && (lineItem === null || link.lineItem === lineItem);
}

async function bind(link: TaskLink, { resourceLinkId, lineItem }: Place, now: Date): Promise<TaskLink> {
  const binding = { resourceLinkId, lineItem: lineItem ?? link.lineItem };
  await inTransaction(async () => {
    await store.setBinding(link.institution, link.id, binding);
    await store.releasePlace(link.institution, { course: link.course, resourceLinkId, except: link.id });
    await recordBound(link, binding, now);
  });
  return { ...link, ...binding };
}

async function copyTo(origin: TaskLink, course: string, place: Place, now: Date): Promise<TaskLink> {
  const copy = { ...origin, id: newId(), course, ...place, createdAt: now };
  // A course copied to a new year keeps the task, not last year's date.
  const link = course === origin.course ? copy : { ...copy, dueAt: null };
  if (!(await store.addCopy(link))) return bindLink(origin.institution, origin.uuid, course, place, now);
  await recordBound(link, place, now);
  return link;
}

async function recordBound(link: TaskLink, place: Place, at: Date): Promise<void> {
  await record({
    institution: link.institution,
    actor: 'system',
    action: 'link.bound',
    subject: null,
    object: { kind: 'link', id: link.id },
    changes: [{ field: 'resourceLinkId', from: null, to: place.resourceLinkId }],
    at,
  });
}

/** Keeps the grade column's address that the worker found; null: the LMS says that it is gone. */
export async function rememberLineItem(
  institution: string,
  link: string,
  lineItem: string | null,
): Promise<void> {
  await store.setBinding(institution, link, { lineItem });
}
