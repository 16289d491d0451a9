import { record } from '../audit/audit.service.ts';
import { rememberPeople } from '../people/person.service.ts';
import type { PersonFacts } from '../people/person.ts';
import { endSessionsOf } from '../sessions/session.service.ts';
import * as courses from './course.store.ts';
import type { Course, CourseRole, Enrolment, RosterState } from './course.ts';
import * as enrolments from './enrolment.store.ts';
import { isSuspicious, missingFrom, pageChanges } from './roster.ts';
import { readAhead, together } from './rosterPages.ts';

/** One member as the roster lists them; `gone` for those a differences-capable LMS marks as left. */
export interface RosterMember {
  facts: PersonFacts;
  role: CourseRole;
  gone: boolean;
}

/** Members written at once: a page of an LMS holds 50, and each write takes the same few round trips. */
const AT_ONCE = 200;

/** A run older than this died with its process. */
const STUCK_MS = 15 * 60_000;

/** Takes the run of a course; false while another run is under way. */
export async function beginRosterRun(course: Course, now: Date): Promise<boolean> {
  return courses.claimRosterRun(course.institution, course.id, now, new Date(now.getTime() - STUCK_MS));
}

/**
 * Reads a whole roster into people and enrolments. Members are marked inactive, and their sessions ended,
 * only after the last page came: a run that breaks off leaves everybody as they were.
 *
 * @param pages throws to break off. @param confirmed a person said that a large drop is right
 */
export async function syncRoster(
  course: Course,
  pages: AsyncIterable<readonly RosterMember[]>,
  now: Date,
  confirmed = false,
): Promise<RosterState> {
  const { institution, id } = course;
  const known = new Map((await enrolments.listEnrolments(institution, id)).map((one) => [one.person, one]));
  const seen = new Set<string>();
  for await (const members of readAhead(together(pages, AT_ONCE)))
    for (const person of await saveMembers(course, members, known, now)) seen.add(person);
  const missing = missingFrom(known, seen);
  if (!confirmed && isSuspicious(known, missing))
    return finishRosterRun(course, {
      status: 'needs-a-person',
      at: now,
      members: seen.size,
      problem: 'roster.halfGone',
    });
  await leave(course, missing, now);
  return finishRosterRun(course, { status: 'complete', at: now, members: seen.size, problem: null });
}

/** Writes down how a run ended, for the course page. */
export async function finishRosterRun(course: Course, state: RosterState): Promise<RosterState> {
  await courses.saveRosterState(course.institution, course.id, state);
  return state;
}

async function saveMembers(
  course: Course,
  members: readonly RosterMember[],
  known: ReadonlyMap<string, Enrolment>,
  now: Date,
): Promise<string[]> {
  const { institution, id } = course;
  const present = members.filter(({ gone, facts }) => !gone && !facts.testUser);
  const people = await rememberPeople(
    institution,
    course.platform,
    present.map(({ facts }) => facts),
    now,
    'roster',
  );
  const listed = present.map(({ facts, role }) => ({
    person: people.get(facts.sub) as string,
    sub: facts.sub,
    role,
  }));
  const changes = pageChanges(known, listed);
  await enrolments.writeEnrolments(
    changes.map((change) => ({ institution, course: id, ...change })),
    now,
  );
  return listed.map(({ person }) => person);
}

async function leave(course: Course, missing: readonly Enrolment[], now: Date): Promise<void> {
  if (missing.length === 0) return;
  const { institution, id } = course;
  const people = missing.map(({ person }) => person);
  await enrolments.writeEnrolments(
    people.map((person) => ({ institution, course: id, person, active: false, source: 'roster' })),
    now,
  );
  await endSessionsOf(institution, people);
  await record(
    ...people.map((person) => ({
      institution,
      actor: 'system',
      action: 'enrolment.ended',
      subject: person,
      object: { kind: 'course', id },
      at: now,
    })),
  );
}
