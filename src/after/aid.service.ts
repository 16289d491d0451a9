import type { Actor } from '../people/actor.ts';
import { newId } from '../shared/model.ts';
import { changeAfter } from './after.service.ts';
import { addingAid, markingAid, removingAid, type AidAnswer } from './aid.ts';

/** Answers a step of the list. Possible in every state of the plan, as all of this list. */
export async function answerAid(actor: Actor, step: string, answer: AidAnswer, now: Date): Promise<void> {
  await changeAfter(actor, now, { action: 'aid.answered', id: step, when: 'open' }, (before) =>
    markingAid(before, step, { answer }, now),
  );
}

/** @param due `YYYY-MM-DD`; null takes the day away */
export async function dateAid(actor: Actor, step: string, due: string | null, now: Date): Promise<void> {
  await changeAfter(actor, now, { action: 'aid.dated', id: step, when: 'open' }, (before) =>
    markingAid(before, step, { due }, now),
  );
}

/** Adds a step of the student's own. */
export async function addAid(
  actor: Actor,
  { title, due }: { title: string; due: string | null },
  now: Date,
): Promise<void> {
  const id = newId();
  await changeAfter(actor, now, { action: 'aid.added', id, when: 'open' }, (before) =>
    addingAid(before, { id, title }, due, now),
  );
}

export async function removeAid(actor: Actor, step: string, now: Date): Promise<void> {
  await changeAfter(actor, now, { action: 'aid.removed', id: step, when: 'open' }, (before) =>
    removingAid(before, step),
  );
}
