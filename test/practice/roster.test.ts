import { afterAll, beforeAll, expect, test } from 'vitest';
import type { MannerHandle } from '../../src/practice/lms.ts';
import { claim, media, role } from '../../src/practice/uris.ts';
import { bearer, launch, setStage } from './fakeTool.ts';
import type { Stage } from './fakeTool.ts';

let stage: Stage;
beforeAll(async () => void (stage = await setStage()));
afterAll(() => stage.stop());

interface Member {
  user_id: string;
  roles: string[];
  status?: string;
  name?: string;
  lis_person_sourcedid?: string;
  message?: Record<string, unknown>[];
}

interface Page {
  status: number;
  members: Member[];
  next: string | null;
  type: string | null;
}

async function rosterUrl(handle: MannerHandle, course: string): Promise<string> {
  const claims = await launch(handle, { person: 'advisor2', course });
  return (claims[claim.nrps] as { context_memberships_url: string }).context_memberships_url;
}

async function read(handle: MannerHandle, url: string, accept: string = media.roster): Promise<Page> {
  const answer = await fetch(url, { headers: { ...(await bearer(stage, handle)), accept } });
  const text = await answer.text();
  const body = (answer.ok ? JSON.parse(text) : { members: [] }) as { members: Member[] };
  const next = /<([^>]+)>;\s*rel="next"/.exec(answer.headers.get('link') ?? '')?.[1] ?? null;
  return { status: answer.status, members: body.members, next, type: answer.headers.get('content-type') };
}

async function readAll(handle: MannerHandle, first: string): Promise<Member[][]> {
  const pages: Member[][] = [];
  for (let url: string | null = first; url !== null && pages.length < 50;) {
    const page: Page = await read(handle, url);
    pages.push(page.members);
    url = page.next;
  }
  return pages;
}

test('Canvas pages by 50 at most, with the filters inside next', async () => {
  const { canvas } = stage.lms.manners;
  const url = await rosterUrl(canvas, 'history');
  const pages = await readAll(canvas, `${url}?limit=500`);
  // 60 students, two teachers, three observers; the test student is not listed
  expect(pages.map((page) => page.length)).toEqual([50, 15]);
  const learners = await readAll(canvas, `${url}?role=Learner&limit=25`);
  expect(learners.map((page) => page.length)).toEqual([25, 25, 10]);
  const mentor = pages.flat().find((one) => one.user_id === canvas.person('parent2').sub);
  expect(mentor?.roles).toEqual([role.mentor]);
});

test('Canvas gives member-level custom values for the context id as rlid, and refuses an unknown rlid', async () => {
  const { canvas } = stage.lms.manners;
  const tool = canvas.registerTool({
    loginUrl: `${stage.tool.origin}/login`,
    launchUrls: [`${stage.tool.origin}/launch`],
    jwksUrl: `${stage.tool.origin}/keys`,
    customParameters: { canvas_user_id: '$Canvas.user.id' },
  });
  expect(tool.accountName).toBe('Riverbend High School');
  const url = await rosterUrl(canvas, 'advisory');
  const { members } = await read(canvas, `${url}?rlid=${canvas.course('advisory').contextId}`);
  const student = members.find((one) => one.user_id === canvas.person('student02').sub);
  expect(student?.message?.[0]?.[claim.custom]).toEqual({
    canvas_user_id: canvas.person('student02').userId,
  });
  expect((await read(canvas, `${url}?rlid=nothing`)).status).toBe(400);
});

test('Canvas leaves a dropped student out, and says nothing more', async () => {
  const { canvas } = stage.lms.manners;
  const url = await rosterUrl(canvas, 'biology');
  const count = async () => (await readAll(canvas, url)).flat().length;
  const before = await count();
  canvas.drop('biology', 'student03');
  expect(await count()).toBe(before - 1);
  canvas.enrol('biology', 'student03');
});

test('Schoology wants exactly its media type and gives at most 100 a page', async () => {
  const { schoology } = stage.lms.manners;
  const url = await rosterUrl(schoology, 'history');
  expect((await read(schoology, url, 'application/json')).status).toBe(400);
  expect((await read(schoology, url, `${media.roster}, application/json`)).status).toBe(400);
  const whole = await read(schoology, `${url}?limit=1000`);
  expect([whole.members.length, whole.next]).toEqual([62, null]);
  const pages = await readAll(schoology, `${url}?limit=20`);
  expect(pages.map((page) => page.length)).toEqual([20, 20, 20, 2]);
  expect(new Set(pages.flat().map((one) => one.user_id)).size).toBe(62);
});

test('Moodle: short roles, the role filter is lost in next, unknown roles do not filter', async () => {
  const { moodle } = stage.lms.manners;
  const url = await rosterUrl(moodle, 'advisory');
  const whole = await read(moodle, url);
  expect([whole.members.length, whole.next]).toEqual([31, null]);
  expect(whole.type).toBe(`${media.roster}; charset=utf-8`);
  const first = await read(moodle, `${url}?role=Learner&limit=10`);
  expect(first.members.every((one) => one.roles.join() === 'Learner')).toBe(true);
  expect(first.next).toBe(`${url}?limit=10&from=10`);
  const full = await read(moodle, `${url}?role=${encodeURIComponent(role.instructor)}`);
  expect(full.members.map((one) => one.roles)).toEqual([['Instructor'], ['Instructor']]);
  expect((await read(moodle, `${url}?role=Mentor`)).members).toHaveLength(31);
  const assistant = whole.members.find((one) => one.user_id === moodle.person('assistant1').userId);
  expect(assistant?.roles).toEqual(['Learner']);
  const linked = await read(moodle, `${url}?rlid=1&limit=2`);
  expect(linked.members[0]?.message).toHaveLength(1);
  expect(linked.next).toBe(`${url}?limit=2&from=2&rlid=1`);
});

test('Moodle answers 400 to a plain JSON Accept, with its reason', async () => {
  const { moodle } = stage.lms.manners;
  const url = await rosterUrl(moodle, 'advisory');
  const answer = await fetch(url, {
    headers: { ...(await bearer(stage, moodle)), accept: 'application/json' },
  });
  expect(answer.status).toBe(400);
  expect(answer.statusText).toContain('No handler found for /CourseSection/2/bindings/1/memberships');
  expect(await answer.json()).toMatchObject({ status: 400, request: { method: 'GET' } });
});
