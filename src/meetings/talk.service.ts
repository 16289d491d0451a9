/** What is said and agreed in a meeting: points of the agenda, questions, notes, decisions, follow-ups. */
import type { Actor } from '../people/actor.ts';
import { editingGoal, goalIn } from '../goals/goalChange.ts';
import { applyForm, formOf } from '../goals/goalForm.ts';
import { LIMITS, type Goal } from '../goals/goal.ts';
import { refuseOver } from '../goals/goalStatus.ts';
import { editKind } from '../plans/editing.ts';
import { editingPart } from '../plans/partEdit.ts';
import type { Plan } from '../plans/plan.ts';
import { unchanged, type PlanChange } from '../plans/planChange.ts';
import { changePlan } from '../plans/planChange.service.ts';
import { say } from '../plans/say.ts';
import { VersionConflict } from '../plans/versionConflict.ts';
import { Conflict, Invalid, NotFound } from '../shared/errors.ts';
import { isDay } from '../shared/day.ts';
import { newId } from '../shared/model.ts';
import { refilled } from './agenda.ts';
import { changeMeeting, freshAgenda } from './meeting.service.ts';
import { listMeetings, replaceMeeting } from './meeting.store.ts';
import { MEETING_LIMITS, type FollowUp, type Meeting } from './meeting.ts';
import { listQuestions, replaceQuestion } from './question.store.ts';
import { refuse, wordsProblem } from './roles.ts';

/** Ticks that were set on the page: points of the agenda and questions that were talked about. */
export interface Ticks {
  agenda: readonly string[];
  questions: readonly { id: string; answer: string }[];
}

/** Keeps which points and questions were talked about. Without a difference nothing is written. */
export async function saveTicks(
  actor: Actor,
  student: string,
  id: string,
  ticks: Ticks,
  now: Date,
): Promise<void> {
  await changeMeeting(actor, student, id, now, 'talk', async (meeting) => {
    const done = new Set(ticks.agenda);
    await saveQuestions(meeting, ticks.questions, now);
    return {
      meeting: { ...meeting, agenda: meeting.agenda.map((item) => ({ ...item, done: done.has(item.id) })) },
      action: 'meeting.agendaChanged',
      changes: [],
    };
  });
}

async function saveQuestions({ institution, person, id }: Meeting, ticked: Ticks['questions'], now: Date) {
  const talked = new Map(ticked.map((one) => [one.id, one.answer]));
  for (const question of await listQuestions(institution, person)) {
    if (question.meeting !== null && question.meeting !== id) continue;
    const answer = talked.get(question.id);
    if (answer !== undefined && answer.length > MEETING_LIMITS.line)
      throw new Invalid([
        {
          field: `answer.${question.id}`,
          message: say('meetings.error.tooLong', { limit: MEETING_LIMITS.line }),
        },
      ]);
    const isTicked = answer !== undefined;
    if (isTicked === (question.talkedAt !== null) && (answer ?? '') === question.answer) continue;
    const talkedAt = isTicked ? (question.talkedAt ?? now) : null;
    await replaceQuestion({ ...question, answer: answer ?? '', meeting: isTicked ? id : null, talkedAt });
  }
}

/** Adds a point of one's own before the last one. */
export async function addAgendaItem(
  actor: Actor,
  student: string,
  id: string,
  text: string,
  now: Date,
): Promise<void> {
  refuse([wordsProblem('point', text, MEETING_LIMITS.line, say('meetings.error.point'))]);
  await changeMeeting(actor, student, id, now, 'talk', (meeting) => {
    refuseMore(meeting.agenda, MEETING_LIMITS.agenda);
    const item = { id: newId(), kind: 'own', about: text, minutes: 3, done: false } as const;
    const last = meeting.agenda.at(-1)?.kind === 'close' ? meeting.agenda.length - 1 : meeting.agenda.length;
    return {
      meeting: { ...meeting, agenda: meeting.agenda.toSpliced(last, 0, item) },
      action: 'meeting.agendaChanged',
      changes: [{ field: 'agenda', from: null, to: text }],
    };
  });
}

/** Fills the agenda in from the plan again; ticks and own points stay. */
export async function refillAgenda(actor: Actor, student: string, id: string, now: Date): Promise<void> {
  await changeMeeting(actor, student, id, now, 'talk', async (meeting, reviews) => ({
    meeting: {
      ...meeting,
      agenda: refilled(meeting.agenda, await freshAgenda(reviews)).slice(0, MEETING_LIMITS.agenda),
    },
    action: 'meeting.agendaChanged',
    changes: [],
  }));
}

/** Removes a point of the agenda. Removed twice is removed once. */
export async function removeAgendaItem(
  actor: Actor,
  student: string,
  id: string,
  item: string,
  now: Date,
): Promise<void> {
  await changeMeeting(actor, student, id, now, 'talk', (meeting) => ({
    meeting: { ...meeting, agenda: meeting.agenda.filter((one) => one.id !== item) },
    action: 'meeting.agendaChanged',
    changes: [],
  }));
}

/**
 * Saves the shared notes, by button or autosave. @returns their version
 * @throws VersionConflict with both texts when another tab or advisor wrote meanwhile
 */
export async function saveNotes(
  actor: Actor,
  student: string,
  id: string,
  { text, version }: { text: string; version: number },
  now: Date,
): Promise<number> {
  const saved = { version: 0 };
  refuse([wordsProblem('notes', text, MEETING_LIMITS.notes, null)]);
  await changeMeeting(actor, student, id, now, 'talk', (meeting) => {
    const stored = meeting.notes;
    if (stored.version !== version && stored.text !== text)
      throw new VersionConflict(
        { words: { notes: stored.text }, version: stored.version, at: stored.changedAt },
        { notes: text },
      );
    const isSame = stored.text === text;
    saved.version = stored.version + (isSame ? 0 : 1);
    return {
      meeting: { ...meeting, notes: { text, version: saved.version, changedAt: now } },
      action: 'meeting.notesChanged',
      changes: isSame ? [] : [{ field: 'notes', from: stored.text, to: text }],
    };
  });
  return saved.version;
}

export async function addDecision(
  actor: Actor,
  student: string,
  id: string,
  text: string,
  now: Date,
): Promise<void> {
  refuse([wordsProblem('decision', text, MEETING_LIMITS.line, say('meetings.error.decision'))]);
  await changeMeeting(actor, student, id, now, 'talk', (meeting) => {
    refuseMore(meeting.decisions, MEETING_LIMITS.decisions);
    const decision = { id: newId(), text, by: actor.person, at: now };
    return {
      meeting: { ...meeting, decisions: [...meeting.decisions, decision] },
      action: 'meeting.decided',
      changes: [{ field: 'decision', from: null, to: text }],
    };
  });
}

/** Takes back a decision that was put down by mistake; the log keeps it. */
export async function removeDecision(
  actor: Actor,
  student: string,
  id: string,
  decision: string,
  now: Date,
): Promise<void> {
  await changeMeeting(actor, student, id, now, 'talk', (meeting) => {
    const found = meeting.decisions.find((one) => one.id === decision);
    if (!found) throw new NotFound(`decision ${decision}`);
    return {
      meeting: { ...meeting, decisions: meeting.decisions.filter((one) => one !== found) },
      action: 'meeting.decisionRemoved',
      changes: [{ field: 'decision', from: found.text, to: null }],
    };
  });
}

export type FollowUpForm = Pick<FollowUp, 'text' | 'who' | 'due' | 'goal'>;

/**
 * Puts down what somebody does next. With a goal it also becomes a step of it, in the same write, where the plan
 * may be edited now. @throws Invalid, Conflict when the plan or the goal takes no step
 */
export async function addFollowUp(
  actor: Actor,
  student: string,
  id: string,
  form: FollowUpForm,
  now: Date,
): Promise<void> {
  const { line } = MEETING_LIMITS;
  refuse([
    wordsProblem('followUp', form.text, line, say('meetings.error.followUp')),
    form.due === null || isDay(form.due) ? null : { field: 'due', message: say('meetings.error.day') },
  ]);
  await changeMeeting(actor, student, id, now, 'talk', (meeting, { plan }) => {
    refuseMore(meeting.followUps, MEETING_LIMITS.followUps);
    const followUp: FollowUp = { ...form, id: newId(), by: actor.person, at: now, doneAt: null };
    const from = form.goal === null ? null : withStep(plan, actor, { ...form, goal: form.goal }, now);
    return {
      meeting: { ...meeting, followUps: [...meeting.followUps, followUp] },
      action: 'meeting.followUpAdded',
      changes: [{ field: 'followUp', from: null, to: form.text }],
      ...(from ? { from } : {}),
    };
  });
}

function withStep(plan: Plan, actor: Actor, form: FollowUpForm & { goal: string }, now: Date): PlanChange {
  const kind = editKind(plan, actor, actor.role === 'administrator' ? form.text : null);
  const goal = goalIn(plan, form.goal);
  refuseOver(goal);
  if (goal.steps.length >= LIMITS.steps)
    throw new Invalid([{ field: 'goal', message: say('meetings.error.steps', { limit: LIMITS.steps }) }]);
  const reason = kind === 'correction' ? form.text : null;
  return editingGoal(plan, goal, stepped(goal, form, now), { kind, actor, reason });
}

function stepped(goal: Goal, { text, due }: FollowUpForm, now: Date): Goal {
  const form = formOf(goal);
  const steps = [...form.steps, { id: null, title: text, due }];
  return applyForm(goal, { ...form, steps }, now, newId);
}

export async function removeFollowUp(
  actor: Actor,
  student: string,
  id: string,
  followUp: string,
  now: Date,
): Promise<void> {
  await changeMeeting(actor, student, id, now, 'talk', (meeting) => {
    const found = meeting.followUps.find((one) => one.id === followUp);
    if (!found) throw new NotFound(`follow-up ${followUp}`);
    return {
      meeting: { ...meeting, followUps: meeting.followUps.filter((one) => one !== found) },
      action: 'meeting.followUpRemoved',
      changes: [{ field: 'followUp', from: found.text, to: null }],
    };
  });
}

/** Ticks a follow-up, or takes the tick back: staff any, a student their own. */
export async function tickFollowUp(
  actor: Actor,
  student: string,
  followUp: string,
  done: boolean,
  now: Date,
): Promise<void> {
  await changePlan(actor, student, now, async (plan) => {
    const meetings = await listMeetings(plan.institution, plan.person);
    const meeting = meetings.find(({ followUps }) => followUps.some(({ id }) => id === followUp));
    const found = meeting?.followUps.find(({ id }) => id === followUp);
    if (!meeting || !found || (actor.role === 'student' && found.who !== 'student'))
      throw new NotFound(`follow-up ${followUp}`);
    if ((found.doneAt !== null) === done) return unchanged(plan);
    const after = { ...found, doneAt: done ? now : null };
    const followUps = meeting.followUps.map((one) => (one === found ? after : one));
    await replaceMeeting({ ...meeting, followUps, version: meeting.version + 1 });
    return editingPart(plan, actor, {
      part: 'reviews',
      when: 'open',
      action: done ? 'followUp.done' : 'followUp.undone',
      object: { kind: 'meeting', id: meeting.id },
      changes: [{ field: 'followUp', from: null, to: found.text }],
      standings: [],
      now,
    });
  });
}

function refuseMore(list: readonly unknown[], limit: number): void {
  if (list.length >= limit) throw new Conflict(say('meetings.error.full', { limit }));
}
