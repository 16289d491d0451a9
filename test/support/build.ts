import type { Goal } from '../../src/goals/goal.ts';
import type { GoalForm } from '../../src/goals/goalForm.ts';
import { emptyPart, emptyProfile, PROFILE_KEYS, type Plan, type ProfilePart } from '../../src/plans/plan.ts';
import { starter } from '../../src/plans/framework.ts';
import { summaryOf } from '../../src/plans/progress.ts';
import type { Task, TaskLink } from '../../src/tasks/task.ts';

/** Things of the domain as tests need them: whole by default, changed by what is passed. */
export const NOW = new Date('2026-10-05T14:00:00Z');
export const TODAY = '2026-10-05';

export function later(minutes: number): Date {
  return new Date(NOW.getTime() + minutes * 60_000);
}

let counter = 0;

/** 24 hex digits, different each time. */
export function anId(): string {
  counter += 1;
  return counter.toString(16).padStart(24, '0');
}

export function aPart(overrides: Partial<ProfilePart> = {}): ProfilePart {
  return { ...emptyPart(), text: 'I explain things well.', finished: true, version: 1, ...overrides };
}

/** A draft with nothing in it. */
export function aPlan(overrides: Partial<Plan> = {}): Plan {
  const plan: Plan = {
    id: anId(),
    institution: anId(),
    person: anId(),
    framework: starter.id,
    frameworkVersion: starter.version,
    migration: null,
    state: 'draft',
    resumeTo: null,
    sentFrom: null,
    asideReason: null,
    version: 1,
    revision: 1,
    year: 2026,
    firstYear: 2026,
    grade: null,
    texts: [...PROFILE_KEYS],
    profile: emptyProfile(),
    goals: [],
    standings: [],
    askedParts: [],
    exemptions: [],
    submittedAt: null,
    approvedAt: null,
    approvedBy: null,
    lastActivityAt: null,
    needsAdvisorSince: null,
    summary: { progress: 0, grade: 0, done: 0, total: 4, missing: [] },
    createdAt: NOW,
    ...overrides,
  };
  return { ...plan, summary: summaryOf(plan, starter) };
}

/** Everything in a starter plan that the student writes. */
export function aWholePlan(overrides: Partial<Plan> = {}): Plan {
  const profile = { ...emptyProfile(), strengths: aPart(), improvements: aPart(), interests: aPart() };
  return aPlan({ profile, goals: [aGoal()], ...overrides });
}

export function aGoalForm(overrides: Partial<GoalForm> = {}): GoalForm {
  return {
    kind: 'career',
    statement: 'Build a robot arm for the spring science fair',
    why: 'I want to see if I would like to make machines.',
    baseline: 'I can build from a kit.',
    measure: 'The arm picks up three different things.',
    target: { from: 0, to: 3, unit: 'things' },
    by: '2027-03-14',
    strategies: 'One afternoon a week in the lab.',
    supports: [{ what: 'Open the lab on Tuesdays', who: 'Robotics teacher' }],
    requirementSets: [],
    steps: [
      { id: null, title: 'Join the robotics club', due: '2026-10-12' },
      { id: null, title: 'Order parts', due: '2026-11-09' },
    ],
    finished: true,
    ...overrides,
  };
}

/** A finished proposal. */
export function aGoal(overrides: Partial<Goal> = {}): Goal {
  const { steps, ...form } = aGoalForm();
  return {
    ...form,
    id: anId(),
    steps: steps.map(({ title, due }) => ({ id: anId(), title, due, doneAt: null })),
    checkIns: [],
    status: 'proposed',
    outcome: null,
    asked: false,
    agreedRevision: null,
    carriedFrom: null,
    replaces: null,
    proposedBy: anId(),
    version: 1,
    createdAt: NOW,
    changedAt: NOW,
    ...overrides,
  };
}

export function aTask(overrides: Partial<Task> = {}): Task {
  return {
    id: anId(),
    institution: anId(),
    link: anId(),
    course: anId(),
    person: anId(),
    template: 'career-interview',
    templateVersion: 1,
    state: 'opened',
    answers: [],
    version: 1,
    openedAt: NOW,
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
    changedAt: NOW,
    ...overrides,
  };
}

export function aLink(overrides: Partial<TaskLink> = {}): TaskLink {
  return {
    id: anId(),
    institution: anId(),
    uuid: '7d9f0c1e-0000-4000-8000-000000000001',
    template: 'career-interview',
    course: anId(),
    title: 'Talk to someone about their job',
    points: 10,
    dueAt: null,
    place: 'lms',
    group: null,
    lineItem: null,
    resourceLinkId: null,
    createdBy: anId(),
    createdAt: NOW,
    ...overrides,
  };
}

/** What an action gives, or the name of the error it throws: to compare many cases in one expectation. */
export function outcomeOf<T>(action: () => T): T | string {
  try {
    return action();
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}
