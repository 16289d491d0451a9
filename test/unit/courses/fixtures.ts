import type { Course, RosterState } from '../../../src/courses/course.ts';
import type { CourseGrade } from '../../../src/jobs/retry.service.ts';
import { anId, NOW } from '../../support/build.ts';

export function aCourse(overrides: Partial<Course> = {}): Course {
  return {
    id: anId(),
    institution: anId(),
    platform: anId(),
    deploymentId: '1',
    contextId: 'context-1',
    title: 'Advisory, period 2',
    label: 'ADV-2',
    advisory: true,
    planGrade: true,
    nrpsUrl: 'https://lms.example/nrps',
    lineItemsUrl: 'https://lms.example/lineitems',
    scopes: [],
    planLineItem: null,
    roster: aRoster(),
    lastLaunchAt: NOW,
    ...overrides,
  };
}

export function aRoster(overrides: Partial<RosterState> = {}): RosterState {
  return { status: 'complete', at: NOW, members: 30, problem: null, ...overrides };
}

export function aGrade(overrides: Partial<CourseGrade> = {}): CourseGrade {
  return {
    id: anId(),
    course: anId(),
    person: anId(),
    item: { kind: 'plan' },
    status: 'sent',
    reason: 'grade.reason.confirmed',
    retries: false,
    scoreGiven: 75,
    scoreMaximum: 100,
    at: NOW,
    attempts: 1,
    nextAt: NOW,
    ...overrides,
  };
}
