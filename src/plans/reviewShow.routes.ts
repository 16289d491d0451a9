/** What the routes of one student's plan have in common: who may open them, and the review page itself. */
import { z } from 'zod';
import type { Actor } from '../people/actor.ts';
import { actorOf } from '../people/actorOf.ts';
import type { FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf, type Chrome } from '../shared/page.ts';
import type { Call } from '../web/route.ts';
import { readForReview } from './reading.service.ts';
import { reviewPage } from './review.page.ts';
import type { Typed } from './reviewFacts.ts';

export const OfStudent = z.strictObject({ person: Id });

export const READERS = {
  of: 'student',
  param: 'person',
  relations: ['advisor'],
  administrator: true,
} as const;
export const ADVISORS = { of: 'student', param: 'person', relations: ['advisor'] } as const;

export type StudentCall = Pick<Call, 'viewer' | 'relation' | 'student' | 'res' | 'now'>;

/** Who reads: an advisor of the student, else an administrator. */
export function readerOf({ viewer, relation }: StudentCall): Actor {
  return actorOf(viewer, relation === 'advisor' ? 'advisor' : 'administrator');
}

export interface Shows {
  show?: 'changes' | 'all';
  errors?: readonly FieldError[];
  typed?: Typed | null;
  problem?: { message: string; kept: string | null } | null;
  status?: number;
}

export async function showReview(call: StudentCall, shows: Shows): Promise<void> {
  const { res, student, now } = call;
  const { show = 'changes', errors = [], typed = null, problem = null, status = 200 } = shows;
  const facts = await readForReview(readerOf(call), student, wordsOf(call.res));
  if (problem) (res.locals['chrome'] as Chrome).error = true;
  const model = reviewPage(wordsOf(res), { ...facts, show, errors, typed, problem, now });
  page(res, 'reviews/show', model, { status });
}
