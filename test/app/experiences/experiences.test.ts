import { describe, expect, test } from 'vitest';
import { experiencesPart } from '../../../src/experiences/experiences.part.ts';
import { experienceRecordsOf, experiencesOf } from '../../../src/experiences/experience.service.ts';
import { getExperience } from '../../../src/experiences/experienceChange.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { useSchool } from '../../support/school.ts';
import { words } from '../../unit/views/render.ts';

const school = useSchool();

const WHOLE = {
  kind: 'volunteering',
  title: 'Library helper',
  organisation: 'City library',
  from: '2026-09-01',
  to: '',
  supervisorName: 'A. Supervisor',
  supervisorContact: 'desk 4',
  reflection: 'I can explain the printer.',
  skills: ['communication', 'digital'],
  goal: '',
};

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

/** Records one, fills it in and logs two hours; the id. */
async function record(visitor: Visitor, kind = 'volunteering'): Promise<string> {
  await visitor.get(paths.newExperience);
  const made = await visitor.post(paths.experiences, {
    kind,
    title: 'Library helper',
    organisation: '',
    from: '',
  });
  const id = made.path.split('/').at(-1) ?? '';
  await visitor.post(paths.experience(id), { ...WHOLE, kind, _version: '1' });
  await visitor.post(paths.experienceHours(id), { do: 'add', day: '2026-09-12', hours: '2', note: 'Desk' });
  return id;
}

const standingOf = async ({ institution, person }: Actor, component: string) =>
  (await getPlan(institution, person)).standings.find((one) => one.component === component);

describe('an experience', () => {
  test('is recorded, sent, confirmed by the advisor, and counts', async () => {
    const { visitor, actor } = await student('student01');
    const id = await record(visitor);
    expect(await standingOf(actor, 'wbl')).toMatchObject({ credit: 0.5, verified: false });
    await visitor.get(paths.experience(id));
    const sent = await visitor.post(paths.sendExperience(id), {});
    expect(sent.text).toContain('With your advisor');
    expect(await standingOf(actor, 'wbl')).toMatchObject({ credit: 1, verified: false });

    const advisor = await school.as('advisor1');
    const page = await advisor.get(paths.studentExperiences(actor.person));
    expect(page.text).toContain('A. Supervisor, desk 4');
    const at = paths.studentExperience(actor.person, id);
    const refused = await advisor.post(at, { do: 'confirm', note: 'In the folder' });
    expect([refused.status, refused.text.includes('Say how you know.')]).toEqual([422, true]);
    const done = await advisor.post(at, { do: 'confirm', how: 'slip', note: 'In the folder' });
    expect(done.text).toContain('saw a signed slip and confirmed 2 hours');
    expect(await standingOf(actor, 'wbl')).toMatchObject({ credit: 1, verified: true });
    expect((await visitor.get(paths.experience(id))).text).toContain('In the folder');
    expect((await experiencesOf(actor.institution, actor.person))[0]?.confirmed?.hours).toBe(2);
  });

  test('is given back with words, mended and sent again', async () => {
    const { visitor, actor } = await student('student02');
    const id = await record(visitor);
    await visitor.post(paths.sendExperience(id), {});
    const advisor = await school.as('advisor1');
    await advisor.get(paths.studentExperiences(actor.person));
    const at = paths.studentExperience(actor.person, id);
    expect((await advisor.post(at, { do: 'return', reason: ' ' })).status).toBe(422);
    await advisor.post(at, { do: 'return', reason: 'Which days?' });
    const page = await visitor.get(paths.experience(id));
    expect(page.text).toContain('Which days?');
    await visitor.post(paths.sendExperience(id), {});
    expect((await getExperience(actor.institution, actor.person, id)).state).toBe('submitted');
  });

  test('says what is missing before it is sent, and keeps what was typed in a bad form', async () => {
    const { visitor, actor } = await student('student03');
    await visitor.get(paths.newExperience);
    const bad = await visitor.post(paths.experiences, {
      title: 'Helper <b>',
      kind: '',
      organisation: 'x',
      from: '',
    });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('value="Helper &lt;b&gt;"');
    const made = await visitor.post(paths.experiences, {
      kind: 'internship',
      title: 'Helper',
      organisation: '',
      from: '',
    });
    const refused = await visitor.post(`${made.path}/send`, {});
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<a href="#supervisorName">Name an adult who was there.</a>');
    const order = { ...WHOLE, to: '2026-08-01', _version: '1', reflection: 'My words stay' };
    const form = await visitor.post(made.path, order);
    expect(form.status).toBe(422);
    expect(form.text).toContain('My words stay');
    const hours = await visitor.post(`${made.path}/hours`, {
      do: 'add',
      day: '2099-01-01',
      hours: '2',
      note: 'n',
    });
    expect(hours.text).toContain('This day has not come yet.');
    expect((await experiencesOf(actor.institution, actor.person))[0]?.hours).toEqual([]);
  });

  test('saves itself while it is written; two tabs are both shown', async () => {
    const { visitor, actor } = await student('student04');
    const id = await record(visitor);
    const headers = { 'x-autosave': '1', 'if-match': '"2"' };
    const saved = await visitor.post(paths.experience(id), { ...WHOLE, reflection: 'One' }, { headers });
    expect(JSON.parse(saved.text)).toMatchObject({ version: 3 });
    const late = await visitor.post(paths.experience(id), { ...WHOLE, reflection: 'Two' }, { headers });
    expect(late.status).toBe(412);
    expect(JSON.parse(late.text)).toMatchObject({ version: 3, fields: { reflection: 'One' } });
    const both = await visitor.post(paths.experience(id), { ...WHOLE, reflection: 'Two', _version: '2' });
    expect(both.status).toBe(409);
    for (const text of ['One', 'Two', 'communication, digital']) expect(both.text).toContain(text);
    await visitor.get(paths.experience(id));
    const mine = {
      ...WHOLE,
      reflection: 'Two',
      skills: 'communication, digital',
      _version: '3',
      keep: 'mine',
    };
    await visitor.post(paths.experience(id), mine);
    const stored = await getExperience(actor.institution, actor.person, id);
    expect([stored.reflection, stored.skills]).toEqual(['Two', ['communication', 'digital']]);
  });

  test('is put away and taken back; the contact stays out of history and part', async () => {
    const { visitor, actor } = await student('student05');
    const id = await record(visitor, 'club');
    expect(await standingOf(actor, 'extracurricular')).toMatchObject({ credit: 1 });
    await visitor.post(paths.archiveExperience(id), { away: '1' });
    expect((await standingOf(actor, 'extracurricular'))?.credit).toBe(0);
    const back = await visitor.post(paths.archiveExperience(id), { away: '0' });
    expect(back.text).toContain('It is on your list again.');
    const history = await historyOf(actor.institution, actor.person, { limit: 50 });
    expect(JSON.stringify(history)).not.toContain('desk 4');
    const lines = await experiencesPart.read(actor, words);
    expect(lines.map(({ id: line }) => line)).toEqual([id, `${id}.reflection`]);
    expect(JSON.stringify(lines)).not.toContain('desk 4');
    expect(JSON.stringify(await experiencesPart.records(actor))).toContain('desk 4');
  });

  test('belongs to one student: another finds nothing', async () => {
    const { visitor } = await student('student01');
    const other = await student('student06');
    const id = await record(visitor);
    expect((await other.visitor.get(paths.experience(id))).status).toBe(404);
    await other.visitor.get(paths.newExperience);
    expect((await other.visitor.post(paths.sendExperience(id), {})).status).toBe(404);
    expect(await experienceRecordsOf(other.actor.institution, other.actor.person)).toEqual([]);
    const advisor = await school.as('advisor1');
    await advisor.get(paths.opportunities);
    const wrong = paths.studentExperience(other.actor.person, id);
    expect((await advisor.post(wrong, { do: 'confirm', how: 'slip', note: '' })).status).toBe(404);
  });

  test('none, because: counts until there is one', async () => {
    const { visitor, actor } = await student('student07');
    await visitor.get(paths.experiences);
    expect((await visitor.post(paths.noActivity, { why: '' })).status).toBe(422);
    await visitor.post(paths.noActivity, { why: 'I care for my brother' });
    expect(await standingOf(actor, 'extracurricular')).toMatchObject({ credit: 1 });
    await record(visitor, 'leadership');
    expect((await experiencesPart.read(actor, words)).some(({ id }) => id === 'none')).toBe(false);
    expect((await visitor.post(paths.noActivity, { why: 'None after all' })).status).toBe(422);
  });
});

describe('opportunities', () => {
  const OFFER = { kind: 'internship', title: 'Summer in the lab', organisation: 'State lab', how: 'Room 12' };

  test('an advisor posts one, students see it and start from it, closing takes it off', async () => {
    const advisor = await school.as('advisor1');
    await advisor.get(paths.opportunities);
    const bad = await advisor.post(paths.opportunities, { ...OFFER, how: '', applyBy: '2026-02-30' });
    expect([bad.status, bad.text.includes('Say how students apply.')]).toEqual([422, true]);
    const posted = await advisor.post(paths.opportunities, OFFER);
    expect(posted.text).toContain('Posted. Every student sees it');
    const id = /opportunities\/([0-9a-f]{24})"/.exec(posted.text)?.[1] ?? '';
    const { visitor, actor } = await student('student08');
    expect((await visitor.get(paths.experiences)).text).toContain('Summer in the lab');
    expect((await visitor.get(`${paths.newExperience}?of=${id}`)).text).toContain('value="State lab"');
    const fields = {
      kind: 'internship',
      title: 'Summer in the lab',
      organisation: 'State lab',
      from: '',
      opportunity: id,
    };
    await visitor.post(paths.experiences, fields);
    expect((await experiencesOf(actor.institution, actor.person))[0]?.opportunity).toBe(id);
    await advisor.post(paths.opportunity(id), { ...OFFER, title: 'Two weeks in the lab' });
    expect((await visitor.get(paths.experiences)).text).toContain('Two weeks in the lab');
    await advisor.post(paths.closeOpportunity(id), {});
    expect((await visitor.get(paths.experiences)).text).not.toContain('Two weeks in the lab');
  });

  test('another advisor cannot change it', async () => {
    const advisor = await school.as('advisor1');
    await advisor.get(paths.opportunities);
    const posted = await advisor.post(paths.opportunities, { ...OFFER, title: 'Mine' });
    const id = /opportunities\/([0-9a-f]{24})"/.exec(posted.text)?.[1] ?? '';
    const other = await school.as('teacher1', { course: 'biology' });
    expect((await other.get(paths.opportunity(id))).status).toBe(404);
    await other.get(paths.opportunities);
    expect((await other.post(paths.closeOpportunity(id), {})).status).toBe(404);
  });
});
