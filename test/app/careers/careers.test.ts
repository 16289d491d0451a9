import { describe, expect, test } from 'vitest';
import { careersPart } from '../../../src/careers/careers.part.ts';
import { explorationOf } from '../../../src/careers/explore.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { grantAdministrator } from '../../../src/people/grant.service.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import { submitPlan } from '../../../src/plans/plan.service.ts';
import { PROFILE_KEYS } from '../../../src/plans/plan.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';
import { words } from '../../unit/views/render.ts';

const school = useSchool();

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

async function save(visitor: Visitor, id: string, why: string, goal = '') {
  await visitor.get(paths.career(id));
  return visitor.post(paths.saveCareer(id), { why, goal });
}

const standingOf = async ({ institution, person }: Actor, component: string) =>
  (await getPlan(institution, person)).standings.find((one) => one.component === component);

describe('exploring careers', () => {
  test('a student saves three with why, and the component is whole', async () => {
    const { visitor, actor } = await student('student01');
    expect((await visitor.get(paths.careers)).text).toContain('The careers you save will be here');
    await save(visitor, 'registered-nurse', 'I like caring for people');
    expect((await standingOf(actor, 'career.explore'))?.credit).toBeCloseTo(1 / 3);
    await save(visitor, 'chef', 'I cook at home');
    const last = await save(visitor, 'electrician', 'I like to fix things');
    expect([last.status, last.path]).toEqual([200, `${paths.careers}?done=saved`]);
    expect(last.text).toContain('Saved to your list.');
    expect(await standingOf(actor, 'career.explore')).toMatchObject({ credit: 1, verified: false });
    expect((await getPlan(actor.institution, actor.person)).state).toBe('draft');
  });

  test('without a reason nothing is saved and nothing typed is lost', async () => {
    const { visitor, actor } = await student('student02');
    await visitor.get(paths.career('chef'));
    const { goal } = await createGoal(actor, actor.person, aGoalForm({ by: '2099-03-14' }), new Date());
    const again = await visitor.post(paths.saveCareer('chef'), { why: '  ', goal: goal.id });
    expect(again.status).toBe(422);
    expect(again.text).toContain('<title>Error: Chef | Waymark</title>');
    expect(again.text).toContain('<a href="#why">Say in your own words why it could suit you.</a>');
    expect(again.text).toMatch(new RegExp(`value="${goal.id}" selected`));
    expect((await explorationOf(actor.institution, actor.person)).saved).toEqual([]);
    expect((await visitor.post(paths.saveCareer('chef'), { why: 'x', goal: 'f'.repeat(24) })).status).toBe(
      422,
    );
  });

  test('ranks, sets side by side and lets go with why, by forms alone', async () => {
    const { visitor, actor } = await student('student03');
    for (const id of ['chef', 'plumber']) await save(visitor, id, `I like ${id}`);
    await visitor.get(paths.careers);
    await visitor.post(paths.moveCareer('plumber'), { to: 'up' });
    const order = async () =>
      (await explorationOf(actor.institution, actor.person)).saved.map(({ option }) => option);
    expect(await order()).toEqual(['plumber', 'chef']);
    const beside = await visitor.get(`${paths.compareCareers}?c=plumber&c=chef&c=nobody`);
    expect(beside.text).toContain('I like plumber');
    expect(beside.text.match(/<th role="columnheader"/g)).toHaveLength(3);
    await visitor.get(paths.career('chef'));
    const gone = await visitor.post(paths.dropCareer('chef'), { reason: 'Too hot for me' });
    expect(gone.text).toContain('Why: Too hot for me');
    expect(await order()).toEqual(['plumber']);
    expect((await visitor.get(paths.career('chef'))).text).toContain('You let this go on');
    await visitor.get(paths.career('plumber'));
    const without = await visitor.post(paths.dropCareer('plumber'), { reason: '' });
    expect(without.status).toBe(422);
  });

  test('posted twice with one key is saved once', async () => {
    const { visitor, actor } = await student('student04');
    await visitor.get(paths.career('chef'));
    const key = crypto.randomUUID();
    const fields = { why: 'I cook', goal: '' };
    await Promise.all(
      [1, 2].map(() => visitor.post(paths.saveCareer('chef'), fields, { key, follow: false })),
    );
    expect((await explorationOf(actor.institution, actor.person)).saved).toHaveLength(1);
    const history = await historyOf(actor.institution, actor.person, {
      actions: ['career.saved'],
      limit: 10,
    });
    expect(history).toHaveLength(1);
  });

  test('the field and programs after school; the part tells it all', async () => {
    const { visitor, actor } = await student('student05');
    await visitor.get(paths.cluster);
    expect((await visitor.post(paths.cluster, { why: 'so' })).status).toBe(422);
    const chosen = await visitor.post(paths.cluster, { cluster: 'health', why: 'I like people' });
    expect(chosen.text).toContain('Your field of work is saved.');
    expect(await standingOf(actor, 'career.cluster')).toMatchObject({ credit: 1 });
    await visitor.get(paths.programme('bachelor-nursing'));
    const saved = await visitor.post(paths.saveProgramme('bachelor-nursing'), {
      why: 'It leads to nursing',
      goal: '',
    });
    expect(saved.path).toBe(`${paths.programmes}?done=saved`);
    const lines = await careersPart.read(actor, words);
    expect(lines.map(({ id }) => id)).toEqual(['cluster', 'programme.bachelor-nursing']);
    expect(await careersPart.records(actor)).toMatchObject({ cluster: { cluster: 'health' }, dropped: [] });
  });

  test('a sent plan can be looked at and not changed', async () => {
    const { visitor, actor } = await student('student06');
    const now = new Date();
    for (const part of PROFILE_KEYS)
      await saveProfilePart(actor, actor.person, part, { text: 'I explain well.', finished: true }, 0, now);
    await createGoal(actor, actor.person, aGoalForm({ by: '2099-03-14' }), now);
    await submitPlan(actor, actor.person, now);
    expect((await visitor.get(paths.career('chef'))).text).toContain('You can look around');
    await visitor.get(paths.experiences);
    const refused = await visitor.post(paths.saveCareer('chef'), { why: 'I cook', goal: '' });
    expect(refused.status).toBe(409);
  });

  test('what is not in the catalogue is nowhere', async () => {
    const { visitor } = await student('student01');
    for (const path of [paths.career('astronaut'), paths.career('A%20B'), paths.programme('chef')])
      expect((await visitor.get(path)).status).toBe(404);
    expect((await visitor.get(`${paths.careers}?page=-3&interest=Z&q=${'x'.repeat(200)}`)).status).toBe(200);
  });
});

describe('an administrator', () => {
  const CSV = 'id,title,cluster,does,interests\nbaker,Baker,hospitality,You bake bread.,REC\nbad row';

  async function administrator(): Promise<Visitor> {
    const person = await school.person('advisor1');
    await grantAdministrator({ institution: school.institution, person, via: null }, person, new Date());
    return school.as('advisor1');
  }

  test('checks a file, confirms it, and takes it back', async () => {
    const admin = await administrator();
    const { visitor } = await student('student07');
    await admin.get(paths.adminCareers);
    const check = await admin.post(paths.adminCareerCheck, { format: 'career', version: '', text: CSV });
    expect(check.text).toContain('Import 1 row');
    expect(check.text).toContain('Line 3');
    expect((await visitor.get(paths.career('baker'))).status).toBe(404);
    const done = await admin.post(check.path, {});
    expect(done.text).toContain('Imported. Students see it now.');
    expect((await visitor.get(paths.career('baker'))).text).toContain('You bake bread.');
    const twice = await admin.post(check.path, {});
    expect(twice.status).toBe(200);
    await admin.post(`${check.path}/undo`, {});
    expect((await visitor.get(paths.career('baker'))).status).toBe(404);
    expect((await admin.get(paths.adminCareers)).text).toContain('Taken back');
    expect((await admin.post(check.path, {})).status).toBe(409);
  });

  test('what an import replaced returns with its undo', async () => {
    const admin = await administrator();
    const { visitor } = await student('student07');
    const bring = async (title: string) => {
      await admin.get(paths.adminCareers);
      const text = JSON.stringify([{ id: 'chef', title, does: 'You cook.' }]);
      const { path } = await admin.post(paths.adminCareerCheck, { format: 'career', text });
      await admin.post(path, {});
      return path;
    };
    const first = await bring('Cook one');
    const second = await bring('Cook two');
    expect((await visitor.get(paths.career('chef'))).text).toContain('Cook two');
    await admin.post(`${second}/undo`, {});
    expect((await visitor.get(paths.career('chef'))).text).toContain('Cook one');
    await admin.post(`${first}/undo`, {});
    expect((await visitor.get(paths.career('chef'))).text).toContain('<h1 dir="auto">Chef</h1>');
  });

  test('brings O*NET as a file, and students see where it is from', async () => {
    const admin = await administrator();
    const { visitor } = await student('student07');
    const file = 'O*NET-SOC Code\tTitle\tDescription\n29-1141.00\tRegistered Nurses\tAssess patients.\n';
    const token = /name="_csrf" value="([^"]*)"/.exec((await admin.get(paths.adminCareers)).text)?.[1] ?? '';
    const form = new FormData();
    for (const [name, value] of Object.entries({
      _csrf: token,
      _key: crypto.randomUUID(),
      format: 'onetOccupations',
      version: '29.1',
      text: '',
    }))
      form.append(name, value);
    form.append('file', new Blob([file], { type: 'text/plain' }), 'Occupation Data.txt');
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = await fetch(school.tool + paths.adminCareerCheck, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie, origin: school.tool, 'sec-fetch-site': 'same-origin' },
    });
    expect(sent.status).toBe(303);
    const path = sent.headers.get('location') ?? '';
    expect((await admin.get(path)).text).toContain('Registered Nurses');
    await admin.post(path, {});
    const page = await visitor.get(paths.career('29-1141.00'));
    expect(page.text).toContain('Used under the CC BY 4.0 license');
    expect((await visitor.get(`${paths.careers}?q=registered`)).text).toContain('O*NET 29.1 Database');
    await admin.post(`${path}/undo`, {});
  });

  test('an unreadable file shows the form again with what was pasted', async () => {
    const admin = await administrator();
    await admin.get(paths.adminCareers);
    const again = await admin.post(paths.adminCareerCheck, { format: 'career', text: '[{"id": oops' });
    expect(again.status).toBe(422);
    expect(again.text).toContain('[{&#34;id&#34;: oops');
  });

  test('a student gets in nowhere', async () => {
    const { visitor } = await student('student07');
    expect((await visitor.get(paths.adminCareers)).status).toBe(403);
    expect((await visitor.get(paths.opportunities)).status).toBe(403);
  });
});
