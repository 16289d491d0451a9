import { describe, expect, test } from 'vitest';
import { afterPart } from '../../../src/after/after.part.ts';
import { afterOf } from '../../../src/after/after.service.ts';
import { addExperience } from '../../../src/experiences/experience.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { getPlan } from '../../../src/plans/planChange.service.ts';
import { updatePlan } from '../../../src/plans/plan.store.ts';
import type { PlanState } from '../../../src/plans/plan.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { words } from '../../unit/views/render.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

async function creditOf({ institution, person }: Actor, component: string): Promise<number | undefined> {
  const { standings } = await getPlan(institution, person);
  return standings.find((one) => one.component === component)?.credit;
}

async function putInto({ institution, person }: Actor, state: PlanState): Promise<void> {
  await updatePlan(await getPlan(institution, person), { state });
}

const OPTION = paths.afterOption('college');

describe('ways after school', () => {
  test('are chosen, ranked, given steps, ticked, and let go with a reason that stays', async () => {
    const { visitor, actor } = await student('student01');
    expect((await visitor.get(paths.after)).text).toContain('Your options will be here.');
    await visitor.get(OPTION);
    const refused = await visitor.post(OPTION, { what: 'Nursing', why: ' ' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<a href="#why">Write why it could suit you.</a>');
    expect(refused.text).toContain('value="Nursing"');
    const chosen = await visitor.post(OPTION, { what: 'Nursing', why: 'I like to help.' });
    expect(chosen.text).toContain('Saved. What is your next step?');
    expect(await creditOf(actor, 'postsec.plan')).toBe(0.5);
    await visitor.post(paths.afterSteps('college'), { title: 'Visit Lakeside', due: '2027-02-01' });
    expect(await creditOf(actor, 'postsec.plan')).toBe(1);

    await visitor.post(paths.afterOption('employment'), { what: '', why: 'To earn.' });
    const ranked = await visitor.post(paths.rankAfterOption('employment'), { to: 'up' });
    expect(ranked.text.indexOf('A job')).toBeLessThan(ranked.text.indexOf('College'));
    expect(ranked.text).toContain('Next step: Visit Lakeside, by Feb 1');

    const { options } = await afterOf(actor.institution, actor.person);
    const step = options.find(({ kind }) => kind === 'college')?.steps[0]?.id ?? '';
    const ticked = await visitor.post(paths.afterStep('college', step), { done: '1' });
    expect(ticked.text).toContain('aria-pressed="true"');

    await visitor.post(paths.dropAfterOption('employment'), { reason: 'My aunt showed me more.' });
    const list = await visitor.get(paths.after);
    expect(list.text).toContain('What I let go (1)');
    expect(list.text).toContain('My aunt showed me more.');
    const lines = await afterPart.read(actor, words);
    expect(lines.map(({ id }) => id)).toContain('dropped.employment');
  });

  test('chosen anew in an approved plan ask for a new approval; a tick does not', async () => {
    const { visitor, actor } = await student('student02');
    await visitor.get(OPTION);
    await visitor.post(OPTION, { what: 'Law', why: 'I argue well.' });
    await visitor.post(paths.afterSteps('college'), { title: 'Visit', due: '' });
    await putInto(actor, 'active');
    const { options } = await afterOf(actor.institution, actor.person);
    await visitor.post(paths.afterStep('college', options[0]?.steps[0]?.id ?? ''), { done: '1' });
    await visitor.post(OPTION, { what: 'Law', why: 'I argue very well.' });
    expect((await getPlan(actor.institution, actor.person)).state).toBe('active');
    await visitor.post(OPTION, { what: 'Medicine', why: 'I argue very well.' });
    const plan = await getPlan(actor.institution, actor.person);
    expect(plan.state).toBe('amending');
    expect(plan.revision).toBe(2);
  });

  test('are closed while the plan is with the advisor; applications and aid are not', async () => {
    const { visitor, actor } = await student('student03');
    await visitor.get(OPTION);
    await putInto(actor, 'submitted');
    expect((await visitor.post(OPTION, { what: '', why: 'Late.' })).status).toBe(409);
    const aid = await visitor.post(paths.aidStep('fafsa'), { do: 'done' });
    expect(aid.text).toContain('1 of 11 answered');
  });
});

describe('applications', () => {
  test('are listed, ticked, moved where their status leads, and put away', async () => {
    const { visitor, actor } = await student('student04');
    await visitor.get(paths.applications);
    await visitor.post(paths.noApplication, { why: 'I join my uncle’s shop.' });
    expect(await creditOf(actor, 'applications')).toBe(1);
    await visitor.get(paths.newApplication);
    const empty = await visitor.post(paths.applications, {
      where: '',
      kind: 'college',
      deadline: '2027-02-30',
    });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('href="#deadline"');
    const added = await visitor.post(paths.applications, {
      where: 'Lakeside College',
      kind: 'college',
      deadline: '2027-01-15',
      needs: ['form', 'essay'],
    });
    expect(added.path).toMatch(/^\/plan\/after\/applications\/[0-9a-f]{24}\?done=added$/);
    const id = added.path.split('/').at(-1)?.slice(0, 24) ?? '';
    expect((await afterOf(actor.institution, actor.person)).notApplying).toBeNull();

    const ticked = await visitor.post(paths.applicationPart(id, 'essay'), { done: '1' });
    expect(ticked.text).toContain('1 of 2 parts ready');
    expect((await visitor.post(paths.moveApplication(id), { to: 'sent' })).text).toContain('Now: Sent');
    const wrong = await visitor.post(paths.moveApplication(id), { to: 'planning' });
    expect(wrong.status).toBe(409);
    expect(wrong.text).toContain('“Sent”, so it cannot become “Planning”');
    const away = await visitor.post(paths.archiveApplication(id), { away: '1' });
    expect(away.text).toContain('Put away (1)');
    expect(await creditOf(actor, 'applications')).toBe(0);
  });

  test('to a program that is not saved are refused in words', async () => {
    const { visitor } = await student('student04');
    await visitor.get(paths.newApplication);
    const fields = { where: '', programme: 'no-such', kind: 'college', deadline: '' };
    const refused = await visitor.post(paths.applications, fields);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose a program from your saved ones.');
  });

  test('of somebody else do not exist', async () => {
    const { visitor, actor } = await student('student05');
    await visitor.get(paths.newApplication);
    await visitor.post(paths.applications, { where: 'Mine', kind: 'other', deadline: '' });
    const [one] = (await afterOf(actor.institution, actor.person)).applications;
    const other = await school.as('student06');
    expect((await other.get(paths.application(one?.id ?? ''))).status).toBe(404);
  });
});

describe('paying for it', () => {
  test('takes own steps and dates, and is whole when all are answered', async () => {
    const { visitor, actor } = await student('student06');
    await visitor.get(paths.financialAid);
    const bad = await visitor.post(paths.aidStep('talk'), { do: 'date', due: 'soon' });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('href="#due-talk"');
    const own = await visitor.post(paths.financialAid, { title: 'Ask my aunt', due: '2027-01-10' });
    expect(own.text).toContain('0 of 12 answered');
    const { ownAid } = await afterOf(actor.institution, actor.person);
    await visitor.post(paths.aidStep(ownAid[0]?.id ?? ''), { do: 'remove' });
    for (const key of ['talk', 'netPrice', 'account', 'fafsa', 'state', 'forms'])
      await visitor.post(paths.aidStep(key), { do: 'done' });
    for (const key of ['scholarships', 'training', 'check', 'offers', 'answer'])
      await visitor.post(paths.aidStep(key), { do: 'notForMe' });
    expect(await creditOf(actor, 'finance.aid')).toBe(1);
    await visitor.post(paths.aidStep('fafsa'), { do: 'todo' });
    expect(await creditOf(actor, 'finance.aid')).toBeCloseTo(10 / 11);
    expect((await visitor.post(paths.aidStep('nothing'), { do: 'done' })).status).toBe(404);
  });
});

describe('the résumé', () => {
  test('is made from experiences and own entries, and looked through', async () => {
    const { visitor, actor } = await student('student07');
    const facts = {
      kind: 'internship',
      title: 'Garage helper',
      organisation: 'Corner garage',
      from: '2026-06-10',
      to: '2026-08-20',
      supervisor: { name: '', contact: '' },
      reflection: '',
      skills: [],
      goal: null,
    } as const;
    const experience = await addExperience(actor, { ...facts, skills: [] }, null, new Date());
    await visitor.get(paths.resumeSheet);
    expect((await visitor.post(paths.resumeLooked, {})).status).toBe(422);
    await visitor.get(paths.newResumeEntry);
    const wrong = { kind: 'award', title: '', place: '', from: '', to: '' };
    expect((await visitor.post(paths.resumeEntries, wrong)).status).toBe(422);
    const added = await visitor.post(paths.resumeEntries, { ...wrong, title: 'First prize' });
    expect(added.text).toContain('Garage helper');
    expect(await creditOf(actor, 'resume')).toBe(0.5);
    const pick = [...added.text.matchAll(/name="pick" value="([^"]+)"/g)].map((match) => match[1] ?? '');
    expect(pick).toContain(`x.${experience.id}`);
    await visitor.post(paths.resume, { profile: 'I fix things.', pick });
    const sheet = await visitor.get(paths.resumeSheet);
    expect(sheet.text).toContain('Garage helper');
    expect(sheet.text).toContain('I fix things.');
    const looked = await visitor.post(paths.resumeLooked, {});
    expect(looked.text).toContain('You looked it through on');
    expect(await creditOf(actor, 'resume')).toBe(1);
    const entry = /entries\/([0-9a-f]{24})/.exec(added.text)?.[1] ?? '';
    const away = await visitor.post(paths.archiveResumeEntry(entry), { away: '1' });
    expect(away.text).toContain('Put away (1)');
    const records = (await afterPart.records(actor)) as { resume: { profile: string } };
    expect(records.resume.profile).toBe('I fix things.');
  });

  test('has nowhere to keep an e-mail or a phone number', async () => {
    const { visitor } = await student('student07');
    await visitor.get(paths.resume);
    const fields = { profile: 'Me', email: 'someone@example.org' };
    expect((await visitor.post(paths.resume, fields)).status).toBe(422);
  });
});
