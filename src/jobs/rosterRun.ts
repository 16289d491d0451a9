import { connectionOf } from '../lti/known.service.ts';
import type { Member, RosterPages } from '../lti/roster.ts';
import { meaningOf } from '../lti/roles.ts';
import type { Course } from '../courses/course.ts';
import { beginRosterRun, finishRosterRun, syncRoster, type RosterMember } from '../courses/roster.service.ts';
import { LmsError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';

export interface RosterDeps {
  rosterPages: RosterPages;
  log: Log;
}

/** One roster run of a course: the pages of its LMS into people and enrolments. Failing leaves the old roster. */
export async function runRoster(
  deps: RosterDeps,
  course: Course,
  now: Date,
  confirmed = false,
): Promise<void> {
  if (!course.nrpsUrl || !(await beginRosterRun(course, now))) return;
  try {
    const connection = await connectionOf(course, now);
    const pages = deps.rosterPages(connection, course.nrpsUrl);
    const state = await syncRoster(course, membersOf(pages), now, confirmed);
    deps.log.info({ course: course.id, status: state.status, members: state.members }, 'roster run ended');
  } catch (error) {
    const problem = error instanceof LmsError ? `lms.${error.reason}` : 'lms.server-error';
    await finishRosterRun(course, { ...course.roster, status: 'failed', at: now, problem });
    deps.log.warn(
      { course: course.id, problem, error: error instanceof Error ? error.name : 'unknown' },
      'roster run failed',
    );
  }
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
