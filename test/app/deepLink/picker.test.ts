import { beforeAll, describe, expect, it, vi } from 'vitest';
import { setAdvisory } from '../../../src/courses/course.service.ts';
import type { Manner } from '../../../src/practice/lms.ts';
import { newVisitor, type Answer, type Visitor } from '../../../src/practice/visitor.ts';
import { listLinksOf } from '../../../src/tasks/link.service.ts';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { listTasksOfLink } from '../../../src/tasks/task.service.ts';
import { handIn } from '../../../src/tasks/task.service.ts';
import { getTemplate } from '../../../src/tasks/template.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

/** A deep-linking launch by this person; the answer is the picker. */
async function pick(
  manner: Manner,
  person = 'advisor1',
  request: { course?: string; placement?: string } = {},
): Promise<{ visitor: Visitor; page: Answer }> {
  const visitor = newVisitor(school.tool);
  const launch = { person, course: 'advisory', message: 'deep' as const, ...request };
  return { visitor, page: await visitor.launch(school.lms.manners[manner], launch) };
}

const unescape = (text: string): string => text.replaceAll('&amp;', '&').replaceAll('&#34;', '"');

/** What the browser would post to the LMS. */
function returned(answer: Answer): { action: string; jwt: string; items: Record<string, unknown>[] } {
  const action = unescape(/<form[^>]*action="([^"]+)"[^>]*data-autosubmit/.exec(answer.text)?.[1] ?? '');
  const jwt = /name="JWT" value="([^"]+)"/.exec(answer.text)?.[1] ?? '';
  const claims = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    Record<string, unknown>[]
  >;
  return { action, jwt, items: claims['https://purl.imsglobal.org/spec/lti-dl/claim/content_items'] ?? [] };
}

async function send(answer: Answer): Promise<string> {
  const { action, jwt } = returned(answer);
  const response = await fetch(action, { method: 'POST', body: new URLSearchParams({ JWT: jwt }) });
  expect(response.status).toBe(200);
  return response.text();
}

const words = (template: string): Record<string, string> =>
  Object.fromEntries(
    getTemplate(template).questions.map(({ key }) => [
      key,
      'I asked a nurse about her day and she told me a lot of things that I had never thought about before.',
    ]),
  );

describe.each(['canvas', 'schoology', 'moodle'] satisfies Manner[])('a plan task in %s', (manner) => {
  let made: { assignment: string; link: string };

  it('is chosen in the picker and becomes an assignment with its own column', async () => {
    const { visitor, page } = await pick(manner);
    expect(page.status).toBe(200);
    expect(page.path).toMatch(/^\/lti\/deep-link\/[0-9a-f]{24}$/);
    expect(page.text).toContain('Talk to someone about their job');
    const answer = await visitor.post(page.path, {
      do: 'add',
      task: 'career-interview',
      'points.career-interview': '20',
      'due.career-interview': '2035-10-16',
    });
    expect(answer.status).toBe(200);
    const { action, items } = returned(answer);
    expect(answer.headers.get('content-security-policy')).toContain(
      `form-action 'self' ${new URL(action).origin}`,
    );
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      type: 'ltiResourceLink',
      url: `${school.tool}/lti/launch`,
      lineItem: { scoreMaximum: 20, tag: 'waymark' },
    });
    await send(answer);
    const assignment = school.lms.manners[manner].assignments('advisory').at(-1);
    expect(assignment?.title).toBe('Talk to someone about their job');
    if (assignment && !assignment.published) school.lms.manners[manner].publish(assignment.id);
    const links = await listLinksOf(school.institution, await school.course('advisory', manner));
    made = { assignment: assignment?.id ?? '', link: links.at(-1)?.id ?? '' };
    expect(links.at(-1)).toMatchObject({ points: 20, resourceLinkId: null });
  });

  it('is handed in by a student, accepted by the advisor, and its grade is in the gradebook', async () => {
    const student = await school.as('student05', { manner, assignment: made.assignment });
    const [task] = await listTasksOfLink(school.institution, made.link);
    if (!task) throw new Error('The student’s launch made no task.');
    expect(task.state).toBe('opened');
    const person = await school.person('student05');
    const own = { institution: school.institution, person, role: 'student' as const, via: null };
    await handIn(own, task.id, words('career-interview'), task.version, new Date());

    const advisor = await school.as('advisor1', { manner, assignment: made.assignment });
    const list = await advisor.get(paths.assignment(made.link));
    expect(list.status).toBe(200);
    expect(list.text).toContain(`href="${paths.studentTask(task.id)}"`);
    const before = await advisor.get(paths.studentTask(task.id));
    expect(before.text).toContain('I asked a nurse about her day');
    expect(before.text).toContain('can still take this back');
    const started = await advisor.post(paths.studentTask(task.id), { do: 'start' });
    expect(started.text).toContain('can no longer take it back');

    const returnedNow = await advisor.post(paths.studentTask(task.id), { do: 'return', comment: '' });
    expect(returnedNow.status).toBe(422);
    expect(returnedNow.text).toContain('Say what should change.');
    const done = await advisor.post(paths.studentTask(task.id), {
      do: 'verify',
      comment: 'Well told.',
      points: '18',
    });
    expect(done.status).toBe(200);
    expect(done.text).toContain('is accepted. The grade is on its way.');
    const late = await advisor.post(paths.studentTask(task.id), { do: 'verify', comment: 'Again.' });
    expect(late.status).toBe(409);
    expect(late.text).toContain('Again.');

    // "Handed in" goes out first where the LMS shows it; a second post waits for the next second.
    await vi.waitFor(
      async () => {
        await school.settle();
        const rows = school.lms.manners[manner].gradebook('advisory');
        expect(
          rows.find(({ person: key, assignmentId: id }) => key === 'student05' && id === made.assignment),
        ).toMatchObject({ score: 18, scoreMaximum: 20, gradingProgress: 'FullyGraded' });
      },
      { timeout: 10_000, interval: 200 },
    );
    const course = await advisor.get(paths.course(await school.course('advisory', manner)));
    expect(course.text).toContain('All sent');
    expect((await student.get(paths.studentTask(task.id))).status).toBe(403);
    const events = await historyOf(school.institution, person, { limit: 30 });
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['task.submitted', 'task.reviewStarted', 'task.verified']),
    );
  });
});

describe('the picker', () => {
  it('shows what is wrong and keeps what was typed', async () => {
    const { visitor, page } = await pick('canvas');
    const none = await visitor.post(page.path, { do: 'add' });
    expect(none.status).toBe(422);
    expect(none.text).toContain('Choose at least one task, or Cancel.');
    const bad = await visitor.post(page.path, {
      do: 'add',
      task: ['interests', 'life-goal'],
      'points.interests': '0',
      'due.life-goal': '2001-01-01',
    });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('href="#points.interests"');
    expect(bad.text).toContain('choose a date that is still to come');
    expect(bad.text).toMatch(/value="life-goal" checked/);
  });

  it('searches without losing what was chosen', async () => {
    const { visitor, page } = await pick('canvas');
    const found = await visitor.post(page.path, {
      do: 'find',
      q: 'service',
      task: 'interests',
      'points.interests': '5',
    });
    expect(found.path).toContain('q=service');
    expect(found.text).toContain('Log ten hours of service');
    expect(found.text).toMatch(/value="interests" checked/);
    expect(found.text).toContain('name="points.interests" type="text" value="5"');
    expect(found.text).not.toContain('Compare two careers');
  });

  it('adds several at once', async () => {
    const { visitor, page } = await pick('canvas');
    const before = school.lms.manners.canvas.assignments('advisory').length;
    expect(page.text).toContain('type="checkbox"');
    const answer = await visitor.post(page.path, { do: 'add', task: ['interests', 'study-plan'] });
    expect(await send(answer)).toContain('2 plan tasks were added.');
    expect(school.lms.manners.canvas.assignments('advisory')).toHaveLength(before + 2);
  });

  it('takes one where the place takes one', async () => {
    const { visitor, page } = await pick('canvas', 'advisor1', { placement: 'assignment_selection' });
    expect(page.text).toContain('type="radio"');
    const two = await visitor.post(page.path, { do: 'add', task: ['interests', 'study-plan'] });
    expect(two.status).toBe(422);
    expect(two.text).toContain('takes one task');
  });

  it('is answered once: cancelled, it sends nothing, and then it is closed', async () => {
    const { visitor, page } = await pick('moodle');
    const before = school.lms.manners.moodle.assignments('advisory').length;
    const answer = await visitor.post(page.path, { do: 'cancel' });
    expect(returned(answer).items).toEqual([]);
    await send(answer);
    expect(school.lms.manners.moodle.assignments('advisory')).toHaveLength(before);
    const again = await visitor.post(page.path, { do: 'add', task: 'interests' }, { csrf: tokenOf(page) });
    expect(again.status).toBe(404);
    expect(again.text).toContain('This choice was made already');
    expect((await visitor.get(page.path)).status).toBe(404);
  });

  it('of two posts at once exactly one is sent', async () => {
    const { visitor, page } = await pick('canvas');
    const csrf = tokenOf(page);
    const answers = await Promise.all(
      [1, 2, 3].map(() => visitor.post(page.path, { do: 'add', task: 'meeting-prep' }, { csrf })),
    );
    expect(answers.filter(({ text }) => text.includes('name="JWT"'))).toHaveLength(1);
    for (const { status } of answers) expect([200, 404, 409]).toContain(status);
  });

  it('belongs to the person who launched it', async () => {
    const { page } = await pick('canvas');
    const other = await school.as('advisor2');
    expect((await other.get(page.path)).status).toBe(404);
    const student = await school.as('student05');
    expect((await student.get(page.path)).status).toBe(403);
  });

  it('says plainly when the place takes no links to a tool', async () => {
    const visitor = newVisitor(school.tool);
    const page = await visitor.launch(school.lms.manners.canvas, {
      person: 'advisor1',
      course: 'advisory',
      message: 'deep',
      overrides: (claims) => {
        const settings = claims['https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings'];
        (settings as Record<string, unknown>)['accept_types'] = ['file', 'html'];
      },
    });
    expect(page.text).toContain('Plan tasks cannot be added in this place');
    const back = await visitor.post(page.path, { do: 'cancel' });
    expect(returned(back).items).toEqual([]);
  });
});

describe('a course whose teachers are no advisors', () => {
  beforeAll(async () => {
    await setAdvisory(school.institution, await school.course('history'), false, 'operator', new Date());
  });

  it('gets no plan tasks, and the teacher reads why', async () => {
    const { visitor, page } = await pick('canvas', 'teacher1', { course: 'history' });
    expect(page.text).toContain('Plan tasks need an advisory course');
    const forced = await visitor.post(page.path, { do: 'add', task: 'interests' });
    expect(forced.text).toContain('Plan tasks need an advisory course');
    expect(forced.text).not.toContain('name="JWT"');
  });
});

function tokenOf(page: Answer): string {
  return /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
}
