import { connectionOf } from '../lti/known.service.ts';
import type { Member, RosterPages } from '../lti/roster.ts';
import { meaningOf } from '../lti/roles.ts';
import type { Course } from '../courses/course.ts';
import { beginRosterRun, finishRosterRun, syncRoster, type RosterMember } from '../courses/roster.service.ts';
import { findCourse } from '../courses/course.service.ts';
import { LmsError, NotFound } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { endRequest, postponeRequest, type RosterRequest } from './request.store.ts';

export interface RosterDeps {
  rosterPages: RosterPages;
  /** What plans make of a roster that was read wholly, such as the courses a student takes now. */
  afterRoster?: (course: Course, now: Date) => Promise<void>;
  log: Log;
}

/** As long as a request is another process's to run; longer than a run of a large course takes. */
export const REQUEST_LEASE_MS = 10 * 60_000;
/** The course's roster is being read by another process: look again after this. */
const BUSY_MS = 30_000;

/** Does what a taken request asks for. It is gone only once its run ended, well or not. */
export async function serveRequest(
  deps: RosterDeps,
  request: RosterRequest,
  clock: () => Date,
): Promise<void> {
  const course = await findCourse(request.institution, request.course);
  const isOver = !course || (await runRoster(deps, course, clock(), request.confirmed));
  if (isOver) await endRequest(request);
  else await postponeRequest(request, new Date(clock().getTime() + BUSY_MS));
}

/**
 * One roster run of a course: the pages of its LMS into people and enrolments. Failing leaves the old roster.
 * @returns false when another run of the course is under way
 */
export async function runRoster(
  deps: RosterDeps,
  course: Course,
  now: Date,
  confirmed = false,
): Promise<boolean> {
  if (!course.nrpsUrl) return true;
  if (!(await beginRosterRun(course, now))) return false;
  try {
    const connection = await connectionOf(course, now);
    const pages = deps.rosterPages(connection, course.nrpsUrl);
    const state = await syncRoster(course, membersOf(pages), now, confirmed);
    deps.log.info({ course: course.id, status: state.status, members: state.members }, 'roster run ended');
    if (state.status === 'complete') await deps.afterRoster?.(course, now);
  } catch (error) {
    await noteFailure(deps.log, course, error, now);
  }
  return true;
}

async function noteFailure(log: Log, course: Course, error: unknown, at: Date): Promise<void> {
  const problem = problemOf(error);
  await finishRosterRun(course, { ...course.roster, status: 'failed', at, problem });
  if (problem !== 'internal') return log.warn({ course: course.id, problem }, 'roster run failed');
  const stack = error instanceof Error ? error.stack : 'unknown';
  log.error({ course: course.id, error: stack }, 'a roster could not be worked on');
}

/** What the course page says of it (rosterWords.ts): a fault of ours is not laid at the LMS's door. */
function problemOf(error: unknown): string {
  if (error instanceof LmsError) return `lms.${error.reason}`;
  return error instanceof NotFound ? 'connection-gone' : 'internal';
}

async function* membersOf(pages: AsyncIterable<{ members: Member[] }>): AsyncGenerator<RosterMember[]> {
  for await (const { members } of pages) yield members.map(toRosterMember);
}

function toRosterMember(member: Member): RosterMember {
  const { role, testUser } = meaningOf(member.roles);
  return {
    role,
    gone: member.status !== 'Active',
    facts: {
      sub: member.sub,
      name: member.name ?? null,
      given: member.given ?? null,
      family: member.family ?? null,
      email: member.email ?? null,
      sisId: member.sisId ?? null,
      lmsUserId: member.lmsUserId ?? null,
      locale: null,
      zone: null,
      testUser,
    },
  };
}
