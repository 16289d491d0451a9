import { describe, expect, test } from 'vitest';
import { coordinationPart } from '../../../src/coordination/coordination.part.ts';
import { checkOtherPlans, coordinationOf } from '../../../src/coordination/coordination.service.ts';
import { noneOfThese } from '../../../src/coordination/coordination.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import { updateInstitution } from '../../../src/institutions/institution.store.ts';
import { forgetSettings } from '../../../src/institutions/settings.service.ts';
import { getPlan } from '../../../src/plans/planChange.service.ts';
import { newId } from '../../../src/shared/model.ts';
import { paths } from '../../../src/shared/paths.ts';
import { words } from '../../unit/views/render.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

const IEP = {
  'iep.exists': 'yes',
  'iep.where': 'Student services, room 112',
  'iep.askName': 'Dana Whitfield',
  'iep.askRole': 'Case manager',
};
const NO_OTHERS = {
  'section504.exists': 'no',
  'english.exists': 'no',
  'health.exists': 'no',
  'other.exists': 'no',
};

async function who(key: string) {
  await school.as(key);
  return { institution: school.institution, person: await school.person(key) };
}

const standingOf = async ({ institution, person }: { institution: string; person: string }) =>
  (await getPlan(institution, person)).standings.find(({ component }) => component === 'supports.link');

describe('other plans', () => {
  test('are written by the advisor and read by the student: where and whom, nothing else', async () => {
    const owner = await who('student01');
    const form = aGoalForm({ statement: 'Read two books' });
    const { goal } = await createGoal(
      { ...owner, role: 'student', via: null },
      owner.person,
      form,
      new Date(),
    );
    const advisor = await school.as('advisor1');
    const at = paths.studentCoordination(owner.person);
    expect((await advisor.get(at)).text).toContain('Read two books');
    const saved = await advisor.post(at, { ...IEP, ...NO_OTHERS, 'iep.goals': goal.id, _version: '0' });
    expect(saved.text).toContain('Saved, with today’s date.');
    expect(await standingOf(owner)).toMatchObject({ credit: 1, verified: true });

    const student = await school.as('student01');
    const page = await student.get(paths.coordination);
    expect(page.text).toContain('Student services, room 112');
    expect(page.text).toContain('Dana Whitfield, Case manager');
    expect(page.text).toContain('Read two books');
    expect(page.text).toContain('Last checked on');
    const lines = await coordinationPart.read(owner, words);
    expect(lines.map(({ text }) => text)).toEqual(['Another plan exists; ask Dana Whitfield.']);
  });

  test('refuse pasted content with the reason, and keep what was typed', async () => {
    const owner = await who('student02');
    const advisor = await school.as('advisor1');
    const at = paths.studentCoordination(owner.person);
    await advisor.get(at);
    const content = 'Accommodations: extended time on tests, seat near the front';
    const refused = await advisor.post(at, { ...IEP, ...NO_OTHERS, 'iep.where': content, _version: '0' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<a href="#iep.where">This looks like what is in that plan');
    expect(refused.text).toContain(content);
    expect((await advisor.post(at, { ...IEP, 'iep.notes': 'Reads slowly', _version: '0' })).status).toBe(422);
    const lines = await advisor.post(at, {
      ...IEP,
      'iep.askRole': 'Case manager\nReads slowly',
      _version: '0',
    });
    expect(lines.text).toContain('several lines');
    expect((await coordinationOf(owner.institution, owner.person)).plans).toEqual([]);
  });

  test('“none of these” answers every kind; the same on the same day is said once', async () => {
    const owner = await who('student03');
    const advisor = await school.as('advisor1');
    await advisor.get(paths.studentCoordination(owner.person));
    await advisor.post(paths.noOtherPlans(owner.person), { _version: '0' });
    const first = await coordinationOf(owner.institution, owner.person);
    expect(first.plans.every(({ exists }) => exists === 'no')).toBe(true);
    expect(await standingOf(owner)).toMatchObject({ credit: 1 });
    await advisor.post(paths.noOtherPlans(owner.person), { _version: '1' });
    expect((await coordinationOf(owner.institution, owner.person)).version).toBe(first.version);
    const actor = { institution: owner.institution, person: newId(), role: 'advisor', via: null } as const;
    const nextDay = new Date(Date.now() + 30 * 60 * 60_000);
    await checkOtherPlans(actor, owner.person, { plans: noneOfThese(), version: 1 }, nextDay);
    const again = await coordinationOf(owner.institution, owner.person);
    expect(again.checkedBy).toBe(actor.person);
    expect(await coordinationPart.read(owner, words)).toEqual([]);
  });

  test('saved by someone else first: both versions, and the choice', async () => {
    const owner = await who('student04');
    const advisor = await school.as('advisor1');
    const at = paths.studentCoordination(owner.person);
    await advisor.get(at);
    await advisor.post(at, { ...IEP, ...NO_OTHERS, _version: '0' });
    const mine = { ...IEP, ...NO_OTHERS, 'iep.where': 'Room 9' };
    const both = await advisor.post(at, { ...mine, _version: '0' });
    expect(both.status).toBe(409);
    expect(both.text).toContain('Room 9');
    expect(both.text).toContain('Student services, room 112');
    const version = /name="_version" value="(\d+)"/.exec(both.text)?.[1] ?? '';
    const kept = await advisor.post(at, { ...mine, _version: version, keep: 'mine' });
    expect(kept.text).toContain('value="Room 9"');
  });

  test('are no one else’s to see: other students, and teachers outside the caseload', async () => {
    const { person } = await who('student01');
    const other = await school.as('student05');
    expect((await other.get(paths.studentCoordination(person))).status).toBe(404);
    expect((await other.get(paths.coordination)).text).not.toContain('Dana Whitfield');
  });

  test('stay with the caseload where the school lets every teacher see plans', async () => {
    const { person } = await who('student01');
    await school.as('student01', { course: 'history' });
    const teacher = await school.as('teacher1', { course: 'history' });
    expect((await teacher.get(paths.student(person))).status).toBe(403);
    await updateInstitution(school.institution, { seesPlans: 'all' });
    forgetSettings();
    expect((await teacher.get(paths.student(person))).status).toBe(200);
    expect((await teacher.get(paths.studentCoordination(person))).status).toBe(403);
    await teacher.get(paths.student(person));
    const post = await teacher.post(paths.noOtherPlans(person), { _version: '0' });
    expect(post.status).toBe(403);
  });
});

describe('ILP and IEP side by side', () => {
  test('is there for everybody, and help leads to it', async () => {
    const open = await fetch(school.tool + paths.ilpAndIep);
    expect(open.status).toBe(200);
    expect(await open.text()).toContain('34 CFR 300.320');
    const student = await school.as('student01');
    expect((await student.get(paths.help)).text).toContain(`href="${paths.ilpAndIep}"`);
    expect((await student.get(paths.coordination)).text).toContain(`href="${paths.ilpAndIep}"`);
  });
});
