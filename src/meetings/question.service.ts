import type { Actor } from '../people/actor.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { unchanged, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import { Conflict, Forbidden, NotFound } from '../shared/errors.ts';
import { newId } from '../shared/model.ts';
import { openOf, QUESTION_LIMITS, type Question } from './question.ts';
import { insertQuestion, listQuestions, removeQuestion } from './question.store.ts';
import { refuse, wordsProblem } from './roles.ts';

export { listQuestions } from './question.store.ts';

/** Whose question somebody may write down: their own, and staff also what the family asks. */
const SIDES: Record<Actor['role'], readonly Question['side'][]> = {
  student: ['student'],
  family: ['family'],
  advisor: ['staff', 'family'],
  administrator: ['staff', 'family'],
};

/**
 * Keeps a question for the next meeting. @throws Invalid without words, Conflict when too many are open
 */
export async function askQuestion(
  actor: Actor,
  student: string,
  { side, text }: Pick<Question, 'side' | 'text'>,
  now: Date,
): Promise<void> {
  if (!SIDES[actor.role].includes(side)) throw new Forbidden(`${actor.role} may not ask for ${side}`);
  refuse([wordsProblem('question', text, QUESTION_LIMITS.line, say('meetings.error.question'))]);
  await changePlan(actor, student, now, async (plan) => {
    const { institution, person } = plan;
    const open = openOf(await listQuestions(institution, person)).filter((one) => one.side === side);
    if (open.some((one) => one.text === text)) return unchanged(plan);
    if (open.length >= QUESTION_LIMITS.open)
      throw new Conflict(say('meetings.error.questions', { limit: QUESTION_LIMITS.open }));
    const of = { id: newId(), institution, person, side, text, by: actor.person, at: now };
    await insertQuestion({ ...of, answer: '', meeting: null, talkedAt: null });
    return told(plan, actor, { action: 'question.asked', id: of.id, to: text }, now);
  });
}

/** Takes back an open question of one's own side. @throws NotFound for others */
export async function dropQuestion(actor: Actor, student: string, id: string, now: Date): Promise<void> {
  await changePlan(actor, student, now, async (plan) => {
    const questions = await listQuestions(plan.institution, plan.person);
    const found = questions.find((one) => one.id === id && SIDES[actor.role].includes(one.side));
    if (!found || found.talkedAt !== null) throw new NotFound(`question ${id}`);
    await removeQuestion(plan.institution, plan.person, id);
    return told(plan, actor, { action: 'question.dropped', id, from: found.text }, now);
  });
}

function told(
  plan: Plan,
  actor: Actor,
  { action, id, from = null, to = null }: { action: string; id: string; from?: unknown; to?: unknown },
  now: Date,
): PlanChange {
  return editingPart(plan, actor, {
    part: 'reviews',
    when: 'open',
    action,
    object: { kind: 'question', id },
    changes: [{ field: 'question', from, to }],
    standings: [],
    now,
  });
}
