import { experiencesOf } from '../experiences/experience.service.ts';
import { listSittings } from '../inventory/inventory.service.ts';
import { doneOf } from '../inventory/sitting.ts';
import { listMeetings } from '../meetings/meeting.service.ts';
import { findPlan, yearAt } from '../plans/plan.service.ts';
import { evidenceFor } from '../portfolio/evidence.service.ts';
import type { Proof, ProofThing } from './proof.ts';
import { proofKind, type ProofKind } from './proof.ts';
import type { Task } from './task.ts';
import { getTemplate } from './template.ts';

/**
 * What the plan holds for a task that is done elsewhere in it: pieces of the portfolio tied to the task, the interest
 * questions of this school year, an experience that was sent to an advisor, a meeting of this year that was held.
 * @returns null for a task that is done by writing
 */
export async function proofOf(task: Task, now: Date): Promise<Proof | null> {
  const kind = proofKind(getTemplate(task.template).kind);
  return kind && { kind, things: await thingsOf(kind, task, now) };
}

async function thingsOf(kind: ProofKind, task: Task, now: Date): Promise<ProofThing[]> {
  const { institution, person } = task;
  switch (kind) {
    case 'upload':
      return named(await evidenceFor(institution, person, { task: task.id }));
    case 'experience': {
      const sent = (await experiencesOf(institution, person)).filter(
        ({ state, confirmed }) => state === 'submitted' || state === 'verified' || confirmed !== null,
      );
      return named(sent);
    }
    case 'inventory': {
      const year = await planYear(task, now);
      const done = doneOf(await listSittings(institution, person)).filter((one) => one.year === year);
      return done.slice(0, 1).map(({ id, code }) => ({ id, title: code }));
    }
    case 'meeting': {
      const year = await planYear(task, now);
      const held = (await listMeetings(institution, person)).filter(
        (one) => one.state === 'held' && one.year === year,
      );
      return held.map(({ id, startsAt }) => ({ id, title: startsAt.toISOString() }));
    }
  }
}

function named(all: readonly ProofThing[]): ProofThing[] {
  return all.map(({ id, title }) => ({ id, title }));
}

async function planYear({ institution, person }: Task, now: Date): Promise<number> {
  return (await findPlan(institution, person))?.year ?? yearAt(institution, now);
}
