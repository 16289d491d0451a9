import { say } from '../plans/say.ts';
import { Conflict, Invalid, NotFound } from '../shared/errors.ts';
import { LIMITS, type AfterPlan } from './after.ts';

/** One application: to a school, a program, an employer or for money. */
export interface Application {
  id: string;
  /** In the student's words, or the title of the saved programme. */
  where: string;
  /** Id of a programme the student saved under Explore, if it came from there. */
  programme: string | null;
  kind: ApplicationKind;
  /** Calendar day `YYYY-MM-DD`, or none. */
  deadline: string | null;
  status: ApplicationStatus;
  /** What it asks for, and which of that is ready. */
  needs: ApplicationPart[];
  done: ApplicationPart[];
  createdAt: Date;
  changedAt: Date;
  /** Put away by the student; kept, and counted nowhere. */
  archivedAt: Date | null;
}

export const APPLICATION_KINDS = [
  'college',
  'vocational',
  'apprenticeship',
  'employment',
  'service',
  'scholarship',
  'other',
] as const;
export type ApplicationKind = (typeof APPLICATION_KINDS)[number];

export const APPLICATION_STATUSES = [
  'planning',
  'begun',
  'sent',
  'waiting',
  'accepted',
  'refused',
  'withdrawn',
] as const;
export type ApplicationStatus = (typeof APPLICATION_STATUSES)[number];

export const APPLICATION_PARTS = ['form', 'essay', 'recommendation', 'transcript', 'fee'] as const;
export type ApplicationPart = (typeof APPLICATION_PARTS)[number];

/** "I will not apply, because …" */
export interface NotApplying {
  why: string;
  at: Date;
}

/** Where an application can go from where it is; a tap too many can be taken back. */
export const APPLICATION_MOVES: Readonly<Record<ApplicationStatus, readonly ApplicationStatus[]>> = {
  planning: ['begun', 'sent', 'withdrawn'],
  begun: ['sent', 'planning', 'withdrawn'],
  sent: ['accepted', 'waiting', 'refused', 'begun', 'withdrawn'],
  waiting: ['accepted', 'refused', 'sent', 'withdrawn'],
  accepted: ['sent', 'withdrawn'],
  refused: ['sent'],
  withdrawn: ['planning'],
};

/** What the student types about it. */
export type ApplicationForm = Pick<Application, 'where' | 'programme' | 'kind' | 'deadline' | 'needs'>;

export function liveApplications({ applications }: Pick<AfterPlan, 'applications'>): Application[] {
  return applications.filter(({ archivedAt }) => archivedAt === null);
}

/** Not sent yet, so its deadline still counts. */
export function isOpen({ status }: Pick<Application, 'status'>): boolean {
  return status === 'planning' || status === 'begun';
}

/** Open ones first, by deadline; then the rest, the last change first. */
export function byUrgency(applications: readonly Application[]): Application[] {
  return applications.toSorted(
    (a, b) =>
      Number(isOpen(b)) - Number(isOpen(a)) ||
      (isOpen(a) ? (a.deadline ?? '9999').localeCompare(b.deadline ?? '9999') : 0) ||
      b.changedAt.getTime() - a.changedAt.getTime(),
  );
}

/** Lists one more; who applies has no reason not to. */
export function addingApplication(
  before: AfterPlan,
  id: string,
  form: ApplicationForm,
  now: Date,
): AfterPlan {
  const all = before.applications.length;
  if (liveApplications(before).length >= LIMITS.applications || all >= LIMITS.applications * 2)
    throw tooMany();
  const application: Application = {
    ...checked(form),
    id,
    status: 'planning',
    done: [],
    createdAt: now,
    changedAt: now,
    archivedAt: null,
  };
  return { ...before, applications: [...before.applications, application], notApplying: null };
}

export function changingApplication(
  before: AfterPlan,
  id: string,
  form: ApplicationForm,
  now: Date,
): AfterPlan {
  const facts = checked(form);
  return withApplication(before, id, now, (one) => ({
    ...one,
    ...facts,
    done: one.done.filter((part) => facts.needs.includes(part)),
  }));
}

/** @throws Conflict that names both states when the one does not lead to the other. */
export function movingApplication(
  before: AfterPlan,
  id: string,
  to: ApplicationStatus,
  now: Date,
): AfterPlan {
  return withApplication(before, id, now, (one) => {
    if (one.status === to) return one;
    if (APPLICATION_MOVES[one.status].includes(to)) return { ...one, status: to };
    const names = { from: say(`after.status.${one.status}`), to: say(`after.status.${to}`) };
    throw new Conflict(say('after.error.move', names), `application ${id}: ${one.status} to ${to}`);
  });
}

/** Ticks a part of its checklist. The first tick of a planned one begins it. */
export function tickingPart(
  before: AfterPlan,
  id: string,
  part: ApplicationPart,
  isDone: boolean,
  now: Date,
): AfterPlan {
  return withApplication(before, id, now, (one) => {
    if (!one.needs.includes(part)) throw new NotFound(`part ${part} of application ${id}`);
    if (one.done.includes(part) === isDone) return one;
    const done = APPLICATION_PARTS.filter((key) => (key === part ? isDone : one.done.includes(key)));
    return { ...one, done, status: isDone && one.status === 'planning' ? 'begun' : one.status };
  });
}

/** Puts one away, or takes it back. */
export function archivingApplication(before: AfterPlan, id: string, away: boolean, now: Date): AfterPlan {
  if (!away && liveApplications(before).length >= LIMITS.applications) throw tooMany();
  const after = withApplication(before, id, now, (one) =>
    (one.archivedAt !== null) === away ? one : { ...one, archivedAt: away ? now : null },
  );
  return away || after === before ? after : { ...after, notApplying: null };
}

/** @throws Invalid without words, or when an application is listed. */
export function sayingNoApplication(before: AfterPlan, why: string, now: Date): AfterPlan {
  if (why === '') throw new Invalid([{ field: 'why', message: say('after.error.noApplication') }]);
  if (liveApplications(before).length > 0)
    throw new Invalid([{ field: 'why', message: say('after.error.hasApplication') }]);
  return before.notApplying?.why === why ? before : { ...before, notApplying: { why, at: now } };
}

/** @throws NotFound */
export function applicationIn({ applications }: Pick<AfterPlan, 'applications'>, id: string): Application {
  const found = applications.find((one) => one.id === id);
  if (!found) throw new NotFound(`application ${id}`);
  return found;
}

function withApplication(
  before: AfterPlan,
  id: string,
  now: Date,
  change: (one: Application) => Application,
): AfterPlan {
  const one = applicationIn(before, id);
  const changed = change(one);
  if (JSON.stringify(changed) === JSON.stringify(one)) return before;
  const stamped = { ...changed, changedAt: now };
  return { ...before, applications: before.applications.map((other) => (other === one ? stamped : other)) };
}

function checked({ where, needs, ...rest }: ApplicationForm): ApplicationForm {
  if (where === '') throw new Invalid([{ field: 'where', message: say('after.error.where') }]);
  return { ...rest, where, needs: APPLICATION_PARTS.filter((part) => needs.includes(part)) };
}

function tooMany(): Invalid {
  return new Invalid([
    { field: 'where', message: say('after.error.manyApplications', { limit: LIMITS.applications }) },
  ]);
}
