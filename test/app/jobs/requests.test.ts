import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { getCourse, rememberCourse } from '../../../src/courses/course.service.ts';
import { beginRosterRun } from '../../../src/courses/roster.service.ts';
import type { Course } from '../../../src/courses/course.ts';
import { logFaults, requestAllRosters } from '../../../src/jobs/nightly.ts';
import { requestRoster } from '../../../src/jobs/requests.ts';
import { endRequest, takeRequest } from '../../../src/jobs/request.store.ts';
import { serveRequest, type RosterDeps } from '../../../src/jobs/rosterRun.ts';
import { createLog } from '../../../src/shared/log.ts';
import { anId, later, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { aSchool } from '../../support/storedSchool.ts';

useDatabase();

const log = createLog('silent');
const LEASE = later(10);

async function aConnectedCourse(institution = anId(), contextId = anId()): Promise<Course> {
  return rememberCourse(
    {
      institution,
      platform: anId(),
      contextId,
      deploymentId: '1',
      title: 'Advisory',
      label: 'ADV',
      nrpsUrl: 'https://lms.example/roster',
      lineItemsUrl: null,
      scopes: [],
    },
    NOW,
  );
}

/** No page is read: what is asked for here ends before, or fails for want of a registration. */
const deps: RosterDeps = {
  log,
  rosterPages: () => {
    throw new Error('no roster is read here');
  },
};

describe('a request for a roster', () => {
  it('made by a teacher is due now, although the night asked for a later time', async () => {
    const course = await aConnectedCourse();
    await requestRoster(course, later(40));
    await requestRoster(course, NOW);
    expect(await takeRequest(NOW, LEASE)).toMatchObject({ course: course.id });
  });

  it('stays confirmed when the night asks too', async () => {
    const course = await aConnectedCourse();
    await requestRoster(course, NOW, true);
    await requestRoster(course, NOW);
    expect(await takeRequest(NOW, LEASE)).toMatchObject({ confirmed: true });
  });

  it('is found again when the process that took it died', async () => {
    const course = await aConnectedCourse();
    await requestRoster(course, NOW, true);
    await takeRequest(NOW, LEASE);
    expect(await takeRequest(later(9), later(19))).toBeNull();
    expect(await takeRequest(later(11), later(21))).toMatchObject({ course: course.id, confirmed: true });
  });

  it('is gone after its run; one made while it ran is not', async () => {
    const course = await aConnectedCourse();
    await requestRoster(course, NOW);
    const first = await takeRequest(NOW, LEASE);
    await requestRoster(course, later(1));
    if (first) await endRequest(first);
    const second = await takeRequest(later(1), later(11));
    expect(second).toMatchObject({ course: course.id });
    if (second) await endRequest(second);
    expect(await takeRequest(later(60), later(70))).toBeNull();
  });

  it('waits while another process reads the same roster', async () => {
    const course = await aConnectedCourse();
    await requestRoster(course, NOW, true);
    await beginRosterRun(course, NOW);
    const request = await takeRequest(NOW, LEASE);
    if (request) await serveRequest(deps, request, () => NOW);
    expect(await takeRequest(NOW, LEASE)).toBeNull();
    expect(await takeRequest(later(1), LEASE)).toMatchObject({ confirmed: true });
  });

  it('that cannot be served says why on the course, and is over', async () => {
    const course = await aConnectedCourse();
    await requestRoster(course, NOW);
    const request = await takeRequest(NOW, LEASE);
    if (request) await serveRequest(deps, request, () => NOW);
    const { roster } = await getCourse(course.institution, course.id);
    expect(roster).toMatchObject({ status: 'failed', problem: 'connection-gone' });
    expect(await takeRequest(later(60), later(70))).toBeNull();
  });
});

describe('the night', () => {
  it('asks for every course that has a roster', async () => {
    const { institution } = await aSchool();
    for (const context of ['a', 'b', 'c']) await aConnectedCourse(institution, context);
    expect(await requestAllRosters(NOW, log)).toBe(3);
  });

  it('goes on after a fault of the timers', () => {
    const timers = new EventEmitter();
    logFaults(timers, log);
    expect(timers.emit('error', new Error('the database was away'))).toBe(true);
    expect(timers.emit('fail', new Error('a job failed'))).toBe(true);
  });
});
