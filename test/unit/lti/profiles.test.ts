import { describe, expect, test } from 'vitest';
import { LmsError } from '../../../src/shared/errors.ts';
import { maySpeakFor, originsFor, profileOf } from '../../../src/lti/profiles.ts';
import type { LmsFamily, Platform } from '../../../src/lti/platform.ts';
import type { ContentItem, Score } from '../../../src/lti/score.ts';
import { fixture } from '../../support/fixture.ts';

const FAMILIES: LmsFamily[] = ['canvas', 'schoology', 'moodle', 'generic'];
const SUBMISSION = 'https://canvas.instructure.com/lti/submission';
const at = new Date('2026-09-21T15:04:05.123Z');
const final: Score = {
  userId: '5d0c8f4e-93b7-4a1d-8c62-7f0e1b9a2d53',
  activityProgress: 'Completed',
  gradingProgress: 'FullyGraded',
  scoreGiven: 1,
  scoreMaximum: 1,
  comment: 'Completed in the learning plan.',
  timestamp: at,
  submittedAt: at,
  firstPost: true,
  newAttempt: true,
};
const waiting: Score = {
  ...final,
  activityProgress: 'Submitted',
  gradingProgress: 'PendingManual',
  newAttempt: false,
};
const body = (family: LmsFamily, score: Score) => profileOf(family).scoreBody(score);
type Cases = { cases: Record<string, { request: Record<string, unknown> }> };

describe('scores', () => {
  test('Canvas is sent what its documentation shows for a first completed score', () => {
    const { request } = fixture<Cases>('canvas.ags.scores').cases['completed'] ?? { request: {} };
    const sent = body('canvas', final) as Record<string, unknown>;
    const { [SUBMISSION]: extension, ...rest } = request;
    expect(sent).toMatchObject(rest);
    const { submission_type: _type, submission_data: _data, ...known } = extension as Record<string, unknown>;
    expect(sent[SUBMISSION]).toEqual(known);
  });

  test('a regrade in Canvas is no attempt and may replace our own grade', () => {
    const sent = body('canvas', { ...final, firstPost: false, newAttempt: false });
    expect(sent?.[SUBMISSION]).toEqual({ new_submission: false, submitted_at: at.toISOString() });
  });

  test('a state in Canvas keeps the grade and carries no score', () => {
    const sent = body('canvas', waiting);
    expect(sent).not.toHaveProperty('scoreGiven');
    expect(sent?.[SUBMISSION]).toMatchObject({ new_submission: false, preserve_score: true });
    expect(sent?.[SUBMISSION]).not.toHaveProperty('prioritize_non_tool_grade');
  });

  test('where a state would erase the grade, nothing is sent', () => {
    for (const family of ['moodle', 'generic', 'schoology'] as const) {
      expect(body(family, waiting)).toBeNull();
      const { scoreGiven: _, ...without } = final;
      expect(body(family, without)).toBeNull();
    }
  });

  test('Schoology is sent what a tool in production sends', () => {
    const { request } = fixture<Cases>('schoology.ags.scores').cases['completed'] ?? { request: {} };
    const { comment: _, ...silent } = final;
    expect(body('schoology', { ...silent, userId: '118203344::a7c1e0f25d9b3846' })).toEqual(request);
  });

  test('Moodle’s timestamps are whole seconds, the others’ have milliseconds', () => {
    expect(body('moodle', final)?.['timestamp']).toBe('2026-09-21T15:04:05Z');
    expect(body('generic', final)?.['timestamp']).toBe('2026-09-21T15:04:05.123Z');
  });

  test('a score stays within its bounds, everywhere', () => {
    for (const family of FAMILIES) {
      expect(body(family, { ...final, scoreGiven: 7 })).toMatchObject({ scoreGiven: 1, scoreMaximum: 1 });
      expect(body(family, { ...final, scoreGiven: -1 })).toMatchObject({ scoreGiven: 0 });
    }
  });

  test('only Canvas is sent a second try, and only without attempts left', () => {
    const refused = (detail: string) => new LmsError('refused', { retry: false, detail });
    const sent = body('canvas', final) ?? {};
    const again = profileOf('canvas').secondTry(sent, refused('score: status 422, attempts used up'));
    expect(again?.[SUBMISSION]).toMatchObject({ new_submission: false });
    expect(profileOf('canvas').secondTry(sent, refused('score: status 422'))).toBeNull();
    expect(profileOf('generic').secondTry(sent, refused('attempts used up'))).toBeNull();
  });
});

describe('line items and links', () => {
  const item = {
    label: 'Plan task: visit one campus',
    scoreMaximum: 1,
    resourceId: 'ilp:task_01J7ZK9QTB',
    tag: 'ilp-task',
  };
  const url = 'https://ilp.tool.example/lti/launch?ilp_task_id=task_01J7ZK9QTB';

  test('a new column in Canvas leads to the tool', () => {
    const { request } = fixture<{ request: object }>('canvas.ags.lineitem.create');
    expect(profileOf('canvas').lineItemBody(item, url)).toEqual(request);
  });

  test('nobody is sent an id or a null', () => {
    for (const family of FAMILIES) {
      const sent = profileOf(family).lineItemBody(item, url);
      expect(sent).not.toHaveProperty('id');
      expect(Object.values(sent)).not.toContain(null);
    }
  });

  const link: ContentItem = {
    url: 'https://ilp.tool.example/lti/launch',
    title: 'Draft FAFSA checklist',
    custom: { ilp_task: 'task_1', ILP_Upper: 'x' },
    lineItem: item,
    dueAt: new Date('2026-10-02T04:59:59.000Z'),
  };

  test('the due date is the end of submission and never a lock; Moodle would drop it', () => {
    for (const family of ['canvas', 'schoology', 'generic'] as const) {
      const sent = profileOf(family).contentItem(link);
      expect(sent).toMatchObject({ submission: { endDateTime: '2026-10-02T04:59:59.000Z' } });
      expect(sent).not.toHaveProperty('available');
    }
    expect(profileOf('moodle').contentItem(link)).not.toHaveProperty('submission');
  });

  test('Schoology’s items carry the variables and lower-case keys', () => {
    const sent = profileOf('schoology').contentItem(link)['custom'] as Record<string, string>;
    expect(sent).toMatchObject({
      ilp_task: 'task_1',
      ilp_upper: 'x',
      submission_end: '$com.schoology.Assignment.dueDateIso',
    });
    expect(Object.keys(sent).every((key) => key === key.toLowerCase())).toBe(true);
  });

  test('custom values are text and every item has an address, everywhere', () => {
    for (const family of FAMILIES) {
      const sent = profileOf(family).contentItem(link);
      expect(sent).toMatchObject({ type: 'ltiResourceLink', url: link.url, title: link.title });
      expect(Object.values(sent['custom'] as object).every((value) => typeof value === 'string')).toBe(true);
    }
  });
});

describe('hosts', () => {
  test('a hosted LMS serves its schools from hosts of its own; nobody else’s family name opens them', () => {
    const hosted: Pick<Platform, 'family' | 'issuer' | 'origins'> = {
      family: 'canvas',
      issuer: 'https://canvas.instructure.com',
      origins: ['https://sso.canvaslms.com'],
    };
    expect(originsFor(hosted)).toEqual(['https://sso.canvaslms.com', 'https://*.instructure.com']);
    expect(originsFor({ ...hosted, issuer: 'https://canvas.evil.example' })).toEqual(hosted.origins);
  });

  test.each([
    ['https://lms.example', 'https://lms.example/openid', true],
    ['https://lms.example', 'https://registration.lms.example/openid', true],
    ['https://canvas.instructure.com', 'https://sso.canvaslms.com/openid', true],
    ['https://lms.example', 'https://lms.example:8443/openid', false],
    ['https://lms.example', 'https://evillms.example/openid', false],
    ['https://lms.example', 'https://lms.example.evil.test/openid', false],
    ['https://other.example', 'https://sso.canvaslms.com/openid', false],
    ['https://canvas.instructure.com', 'https://evil.example/openid', false],
  ])('for %s, may %s speak? %s', (issuer, configuration, may) => {
    expect(maySpeakFor(new URL(issuer), new URL(configuration))).toBe(may);
  });
});
