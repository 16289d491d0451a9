import { beforeAll, describe, expect, test } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import { evidenceFor, portfolioOf } from '../../../src/portfolio/evidence.service.ts';
import type { Evidence } from '../../../src/portfolio/evidence.ts';
import { portfolioPart } from '../../../src/portfolio/portfolio.part.ts';
import { getPlan } from '../../../src/plans/planChange.service.ts';
import { standingOf } from '../../../src/plans/standing.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';
import { words } from '../../unit/views/render.ts';

const school = useSchool();
let maya: Visitor;
let advisor: Visitor;
let person: string;
let goal: string;

beforeAll(async () => {
  maya = await school.as('student03');
  advisor = await school.as('advisor1');
  person = await school.person('student03');
  const actor = { institution: school.institution, person, role: 'student', via: null } as const;
  const form = aGoalForm({ statement: 'Build a robot arm', by: '2099-03-14' });
  goal = (await createGoal(actor, person, form, new Date())).goal.id;
}, 60_000);

const LINK = {
  kind: 'link',
  title: 'Python basics',
  url: 'example.org/course',
  reflection: 'I did this in the summer because I was curious.',
  audience: 'advisor',
};

async function add(fields: Record<string, string | string[]> = {}): Promise<Evidence> {
  await maya.get(`${paths.newEvidence}?kind=link`);
  const answer = await maya.post(paths.portfolio, { ...LINK, ...fields });
  expect([answer.status, answer.path]).toEqual([200, `${paths.portfolio}?done=added`]);
  expect(answer.text).toContain('Added to your portfolio.');
  return one(String(fields['title'] ?? LINK.title));
}

const all = (): Promise<Evidence[]> => portfolioOf(school.institution, person);
async function one(title: string): Promise<Evidence> {
  const found = (await all()).findLast((evidence) => evidence.title === title);
  if (!found) throw new Error(`no ${title}`);
  return found;
}
const plan = () => getPlan(school.institution, person);
const actions = async (): Promise<string[]> =>
  (await historyOf(school.institution, person, { limit: 20 })).map(({ action }) => action);

describe('a student', () => {
  test('starts with an empty page that says what will be here', async () => {
    const page = await maya.get(paths.portfolio);
    expect(page.status).toBe(200);
    expect(page.text).toContain('Nothing here yet');
  });

  test('adds a link that supports a goal and shows a skill; the plan counts it', async () => {
    const { url } = await add({ goals: goal, skills: ['digital', 'creativity'] });
    expect(url).toBe('https://example.org/course');
    const page = await maya.get(paths.portfolio);
    expect(page.text).toContain('Build a robot arm');
    expect(page.text).toContain('Python basics');
    expect(standingOf(await plan(), 'portfolio')).toMatchObject({ credit: 1, verified: false });
    expect(await actions()).toContain('evidence.added');
    expect((await evidenceFor(school.institution, person, { goal })).map(({ title }) => title)).toEqual([
      'Python basics',
    ]);
    expect(await evidenceFor(school.institution, person, { skill: 'leadership' })).toEqual([]);
  });

  test('gets every mistake beside its field, and keeps the words', async () => {
    await maya.get(`${paths.newEvidence}?kind=link`);
    const answer = await maya.post(paths.portfolio, {
      ...LINK,
      title: '',
      url: 'javascript:alert(1)',
      day: '2099-01-01',
      goals: '0'.repeat(24),
    });
    expect(answer.status).toBe(422);
    for (const field of ['title', 'url', 'day', 'goals'])
      expect(answer.text).toContain(`<a href="#${field}">`);
    expect(answer.text).toContain('<title>Error: Add evidence | Waymark</title>');
    expect(answer.text).toContain('value="javascript:alert(1)"');
    expect(answer.text).toContain('because I was curious.');
  });

  test('cannot send what the form does not ask for', async () => {
    await maya.get(`${paths.newEvidence}?kind=link`);
    const before = (await all()).length;
    for (const field of ['confirmedBy', 'institution', 'person', 'version', 'archivedAt'])
      expect((await maya.post(paths.portfolio, { ...LINK, [field]: 'x' })).status).toBe(422);
    expect((await all()).length).toBe(before);
  });

  test('changes a piece; of two tabs the second is shown both texts, and neither is lost', async () => {
    const { id } = await add({ title: 'Two tabs' });
    const path = paths.evidence(id);
    await maya.get(paths.editEvidence(id));
    const edit = { title: 'Two tabs', url: LINK.url, audience: 'family', day: '2026-01-05' };
    const first = await maya.post(path, { ...edit, reflection: 'From the first tab.', _version: '1' });
    expect([first.status, first.path]).toEqual([200, `${path}?done=changed`]);
    const second = await maya.post(path, { ...edit, reflection: 'From the second tab.', _version: '1' });
    expect(second.status).toBe(409);
    expect(second.text).toContain('This was changed in another place too');
    expect(second.text).toMatch(/<blockquote dir="auto">From the first tab\./);
    expect(second.text).toMatch(/<textarea[^>]*id="reflection"[^>]*>\s*From the second tab\./);
    const version = /name="_version" value="(\d+)"/.exec(second.text)?.[1] ?? '';
    await maya.post(path, { ...edit, reflection: 'From the second tab.', _version: version });
    expect(await one('Two tabs')).toMatchObject({
      reflection: 'From the second tab.',
      audience: 'family',
      version: 3,
    });
  });

  test('puts a piece away, undoes it, and finds it where it is put away', async () => {
    const { id } = await add({ title: 'Old poem', kind: 'text', url: '', text: 'Roses' });
    await maya.get(paths.evidence(id));
    const away = await maya.post(paths.archiveEvidence(id), { do: 'archive' });
    expect(away.text).toContain('“Old poem” is put away.');
    expect(away.text).toContain(`action="/portfolio/${id}/restore"`);
    expect((await maya.get(`${paths.portfolio}?show=archived`)).text).toContain('Old poem');
    expect((await advisor.get(paths.studentEvidence(id))).status).toBe(404);
    const back = await maya.post(paths.restoreEvidence(id), { do: 'restore' });
    expect(back.text).toContain('It is back in your portfolio.');
    expect((await one('Old poem')).archivedAt).toBeNull();
    expect(await actions()).toEqual(expect.arrayContaining(['evidence.archived', 'evidence.restored']));
  });

  test('does not count what is put away', async () => {
    const shown = (await all()).filter(({ archivedAt }) => archivedAt === null);
    for (const { id } of shown) {
      await maya.get(paths.portfolio);
      await maya.get(paths.evidence(id));
      await maya.post(paths.archiveEvidence(id), {});
    }
    expect(standingOf(await plan(), 'portfolio')?.credit).toBe(0);
    const [first] = shown;
    await maya.get(paths.evidence(first?.id ?? ''));
    await maya.post(paths.restoreEvidence(first?.id ?? ''), {});
    expect(standingOf(await plan(), 'portfolio')?.credit).toBe(1);
  });

  test('never sees another student’s piece', async () => {
    const { id } = await add({ title: 'Mine alone' });
    const other = await school.as('student04');
    for (const path of [paths.evidence(id), paths.editEvidence(id), paths.studentEvidence(id)])
      expect((await other.get(path)).status).toBe(404);
    await other.get(paths.portfolio);
    await other.get(paths.newEvidence);
    expect((await other.post(paths.archiveEvidence(id), {})).status).toBe(404);
    expect((await other.post(paths.evidence(id), { title: 'x', url: 'https://example.org' })).status).toBe(
      404,
    );
  });

  test('in Student View looks around and keeps nothing', async () => {
    const tester = await school.as('teststudent');
    expect((await tester.get(paths.portfolio)).text).toContain('Nothing here yet');
    await tester.get(paths.newEvidence);
    const answer = await tester.post(paths.portfolio, LINK);
    expect([answer.status, answer.text.includes('nothing is saved')]).toEqual([403, true]);
  });
});

describe('an advisor', () => {
  test('sees the portfolio of a student and confirms the capstone, which then counts for the grade', async () => {
    const { id } = await add({ title: 'My capstone', capstone: '1' });
    expect(standingOf(await plan(), 'capstone')).toMatchObject({ credit: 1, verified: false });
    const list = await advisor.get(paths.studentPortfolio(person));
    expect(list.text).toContain('My capstone');
    expect(list.text).not.toContain(paths.newEvidence);
    const page = await advisor.get(paths.studentEvidence(id));
    expect(page.text).toContain('Confirm as capstone');
    const done = await advisor.post(paths.confirmCapstone(id), { confirm: 'yes' });
    expect(done.text).toContain('The capstone is confirmed.');
    expect(standingOf(await plan(), 'capstone')).toMatchObject({ credit: 1, verified: true });
    expect(await actions()).toContain('evidence.confirmed');
    expect((await maya.get(paths.evidence(id))).text).toContain('Capstone, confirmed');
  });

  test('is asked again when the student changes what was confirmed, not when they change its title', async () => {
    const { id, version } = await one('My capstone');
    const edit = { url: LINK.url, reflection: LINK.reflection, capstone: '1', day: '2026-01-05' };
    await maya.get(paths.editEvidence(id));
    await maya.post(paths.evidence(id), { ...edit, title: 'My capstone', _version: String(version) });
    expect(standingOf(await plan(), 'capstone')?.verified).toBe(true);
    const other = { ...edit, url: 'https://example.org/other', title: 'My capstone' };
    await maya.post(paths.evidence(id), { ...other, _version: String(version + 1) });
    expect(standingOf(await plan(), 'capstone')).toMatchObject({ credit: 1, verified: false });
  });

  test('cannot confirm what is no capstone, and others cannot confirm at all', async () => {
    const { id } = await add({ title: 'No capstone' });
    await advisor.get(paths.studentEvidence((await one('My capstone')).id));
    expect((await advisor.post(paths.confirmCapstone(id), { confirm: 'yes' })).status).toBe(409);
    await maya.get(paths.portfolio);
    await maya.get(paths.newEvidence);
    expect((await maya.post(paths.confirmCapstone(id), { confirm: 'yes' })).status).toBe(403);
    const stranger = await school.as('teacher2', { course: 'biology' });
    expect((await stranger.get(paths.studentPortfolio(person))).status).not.toBe(200);
  });
});

test('the plan’s part gives lines for review and the raw records for the export', async () => {
  const lines = await portfolioPart.read({ institution: school.institution, person }, words);
  expect(lines.some(({ label, material }) => label === 'My capstone' && !material)).toBe(true);
  const records = (await portfolioPart.records({ institution: school.institution, person })) as Evidence[];
  expect(records.length).toBe((await all()).length);
});
