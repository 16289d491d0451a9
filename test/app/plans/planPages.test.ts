import { describe, expect, test } from 'vitest';
import { getPlan } from '../../../src/plans/plan.service.ts';
import type { Plan } from '../../../src/plans/plan.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

const planOf = async (key: string): Promise<Plan> => getPlan(school.institution, await school.person(key));

describe('the page of one part', () => {
  const path = paths.profilePart('strengths');

  test('takes the same words for the same, however the browser ends its lines', async () => {
    const visitor = await school.as('student02');
    await visitor.get(path);
    const headers = { 'x-autosave': '1', 'if-match': '"0"' };
    expect((await visitor.post(path, { text: 'One\nTwo' }, { headers })).status).toBe(200);
    await visitor.post(path, { text: 'One\r\nTwo', _version: '1' });
    const { text, version } = (await planOf('student02')).profile.strengths;
    expect([text, version]).toEqual(['One\nTwo', 1]);
  });

  test('shows a refused comment again, with what was typed', async () => {
    const visitor = await school.as('student03');
    await visitor.get(path);
    const empty = await visitor.post(paths.reply, { section: 'strengths', comment: ' ' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('<a href="#comment">Write your comment first.</a>');
    const long = await visitor.post(paths.reply, { section: 'strengths', comment: 'Why? '.repeat(500) });
    expect(long.status).toBe(422);
    expect(long.text).toContain('Use 2,000 characters or fewer.');
    expect(long.text).toContain('Why? Why? Why?');
  });
});

describe('sending the plan', () => {
  test('that lacks a finished goal leads to that goal', async () => {
    const visitor = await school.as('student04');
    await visitor.get(paths.newGoal);
    const { path } = await visitor.post(paths.goals, { kind: 'career', statement: 'Build a robot arm' });
    const id = path.split('/').at(-1) ?? '';
    await visitor.get(paths.submitPlan);
    const refused = await visitor.post(paths.submitPlan, {});
    expect(refused.status).toBe(422);
    expect(refused.text).toContain(`href="#section-goal-${id}"`);
    expect(refused.text).toContain(`id="section-goal-${id}"`);
  });

  test('that nobody has begun is told what it lacks, and where', async () => {
    const visitor = await school.as('student05');
    await visitor.get(paths.submitPlan);
    const refused = await visitor.post(paths.submitPlan, {});
    expect(refused.status).toBe(422);
    expect((await planOf('student05')).state).toBe('not_started');
    for (const id of ['section-strengths', 'section-improvements', 'section-interests', 'agreedGoal']) {
      expect(refused.text).toContain(`href="#${id}"`);
      expect(refused.text).toContain(`id="${id}"`);
    }
    expect(refused.text).toContain('Nothing was sent yet. Fix these 4 things first.');
  });

  test('shows a goal as it will be read: where I am now, who helps and the steps', async () => {
    const visitor = await school.as('student06');
    await visitor.get(paths.newGoal);
    const { path } = await visitor.post(paths.goals, { kind: 'career', statement: 'Build a robot arm' });
    const form = await visitor.get(path);
    await visitor.post(path, {
      kind: 'career',
      statement: 'Build a robot arm',
      baseline: 'I built one from a kit.',
      'supports.0.what': 'Lend me the tools',
      'supports.0.who': 'Mr. Thorvaldsen',
      'steps.0.id': '',
      'steps.0.title': 'Join the robotics club',
      _version: /name="_version" value="(\d+)"/.exec(form.text)?.[1] ?? '',
    });
    const { text } = await visitor.get(paths.submitPlan);
    expect(text).toMatch(/<dt>Where I am now<\/dt><dd[^>]*>I built one from a kit\.<\/dd>/);
    expect(text).toMatch(/<dt>Who helps<\/dt><dd[^>]*>Lend me the tools \(Mr\. Thorvaldsen\)<\/dd>/);
    expect(text).toContain('Join the robotics club');
  });
});

describe('an autosave', () => {
  test('is told its time as the person reads times', async () => {
    const visitor = await school.as('student07');
    const path = paths.profilePart('interests');
    await visitor.get(path);
    const headers = { 'x-autosave': '1', 'if-match': '"0"' };
    const { text } = await visitor.post(path, { text: 'Robots' }, { headers });
    expect(JSON.parse(text)).toMatchObject({ savedAt: expect.stringMatching(/^\d{1,2}:\d\d [AP]M$/) });
  });
});
