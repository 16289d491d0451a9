import { describe, expect, test } from 'vitest';
import { assessmentsOf } from '../../../src/assessments/assessment.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { getPerson } from '../../../src/people/person.service.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import type { Answer, Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

const RESULT = {
  kind: 'state',
  name: 'State math test',
  subject: 'Math',
  date: '2026-09-14',
  score: '2460',
  level: 'Proficient',
  tells: '',
};

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

const standingOf = async ({ institution, person }: Actor) =>
  (await getPlan(institution, person)).standings.find(({ component }) => component === 'academic.assessment');
const resultsOf = ({ institution, person }: Actor) => assessmentsOf(institution, person);
const idIn = ({ path }: Answer): string => path.split('/').at(-1)?.split('?')[0] ?? '';
const versionIn = ({ text }: Answer): string => /data-version="(\d+)"/.exec(text)?.[1] ?? '';

async function add(visitor: Visitor, form: Record<string, string> = RESULT): Promise<Answer> {
  await visitor.get(paths.newAssessment);
  return visitor.post(paths.assessments, form);
}

describe('a result of the student’s own', () => {
  test('is entered, told, made a goal’s starting point, put away and taken back', async () => {
    const { visitor, actor } = await student('student01');
    const { goal } = await createGoal(actor, actor.person, aGoalForm({ by: '2099-01-01' }), new Date());
    const made = await add(visitor);
    const id = idIn(made);
    expect(made.text).toContain('The result is saved.');
    expect(await standingOf(actor)).toMatchObject({ credit: 0.5 });

    const version = versionIn(await visitor.get(paths.assessment(id)));
    await visitor.post(paths.assessment(id), { ...RESULT, tells: 'I need fractions.', _version: version });
    expect(await standingOf(actor)).toMatchObject({ credit: 1, verified: false });

    await visitor.get(paths.assessment(id));
    const used = await visitor.post(paths.useAssessment(id), { goal: goal.id });
    expect(used.text).toContain('It is the starting point of:');
    const plan = await getPlan(actor.institution, actor.person);
    expect(plan.goals[0]?.baseline).toBe(
      'I can build from a kit.\nState math test, September 14, 2026: 2460, Proficient.',
    );
    expect((await visitor.get(paths.goal(goal.id))).text).toContain('Test result of September 14, 2026');

    await visitor.get(paths.assessment(id));
    await visitor.post(paths.archiveAssessment(id), { away: '1' });
    expect(await standingOf(actor)).toMatchObject({ credit: 0 });
    await visitor.post(paths.archiveAssessment(id), { away: '0' });
    expect(await standingOf(actor)).toMatchObject({ credit: 1 });
  });

  test('is refused in words with what was typed, and for a day that is still to come', async () => {
    const { visitor, actor } = await student('student02');
    const bad = await add(visitor, { ...RESULT, name: 'My very own test', date: '2026-02-30' });
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('My very own test');
    const future = await add(visitor, { ...RESULT, date: '2999-01-01' });
    expect(future.status).toBe(422);
    expect(future.text).toContain('not still to come');
    expect(await resultsOf(actor)).toEqual([]);
  });

  test('two tabs: the second is shown both texts and nothing is lost', async () => {
    const { visitor } = await student('student03');
    const id = idIn(await add(visitor));
    const seen = versionIn(await visitor.get(paths.assessment(id)));
    await visitor.post(paths.assessment(id), { ...RESULT, tells: 'From the first tab.', _version: seen });
    await visitor.get(paths.assessment(id));
    const second = await visitor.post(paths.assessment(id), {
      ...RESULT,
      tells: 'From the second.',
      _version: seen,
    });
    expect(second.status).toBe(409);
    for (const text of ['From the first tab.', 'From the second.']) expect(second.text).toContain(text);
  });

  test('belongs to its student: another one meets nothing', async () => {
    const { visitor } = await student('student03');
    const id = idIn(await add(visitor));
    const { visitor: other } = await student('student04');
    expect((await other.get(paths.assessment(id))).status).toBe(404);
  });
});

describe('the school', () => {
  test('an advisor enters a result; the student says what it tells them and cannot change the score', async () => {
    const { visitor, actor } = await student('student05');
    const advisor = await school.as('advisor1');
    await advisor.get(paths.studentAssessments(actor.person));
    const { tells: _tells, ...facts } = RESULT;
    const entered = await advisor.post(paths.studentAssessments(actor.person), facts);
    expect(entered.text).toContain('The result is saved.');
    const [one] = await resultsOf(actor);
    const id = one?.id ?? '';
    const version = versionIn(await visitor.get(paths.assessment(id)));
    await visitor.post(paths.assessment(id), { ...RESULT, score: '9999', tells: 'Good.', _version: version });
    expect(await resultsOf(actor)).toMatchObject([{ score: '2460', tells: 'Good.', source: 'staff' }]);
    expect(await standingOf(actor)).toMatchObject({ credit: 1, verified: true });
    expect((await visitor.post(paths.archiveAssessment(id), { away: '1' })).status).toBe(403);
    const away = await advisor.get(paths.studentAssessments(actor.person));
    expect(away.text).toContain('Good.');
    await advisor.post(paths.archiveStudentAssessment(actor.person, id), { away: '1' });
    expect(await resultsOf(actor)).toEqual([]);
  });

  test('an import names bad rows, writes nothing until confirmed, and can be undone', async () => {
    const { actor } = await student('student06');
    const { sisId } = await getPerson(actor.institution, actor.person);
    const admin = await school.as('admin1', { placement: 'account_navigation' });
    const target = paths.newImport('assessments');
    await admin.get(target);
    const text = [
      'student,name,kind,subject,date,score,level',
      `${sisId},Reading test,state,Reading,2026-04-14,512,Basic`,
      'nobody-9,Reading test,state,Reading,2026-04-14,512,',
      `${sisId},Reading test,state,Reading,2026-04-14,513,`,
      `${sisId},Other test,state,,2026-13-14,1,`,
      `${sisId},Third test,state,,2026-04-14,,`,
    ].join('\n');
    const checked = await admin.post(target, { text });
    for (const words of [
      'No student has the number nobody-9.',
      'further up',
      'not a date',
      'neither a score',
    ])
      expect(checked.text).toContain(words);
    expect(await resultsOf(actor)).toEqual([]);
    const id = idIn(checked);
    await admin.post(paths.confirmImport(id), {});
    expect(await resultsOf(actor)).toMatchObject([{ name: 'Reading test', score: '512', source: 'import' }]);
    await admin.get(target);
    const again = await admin.post(target, { text: text.split('\n').slice(0, 2).join('\n') });
    expect(again.text).not.toContain('Import 1 row');
    await admin.get(paths.anImport(id));
    await admin.post(paths.undoImport(id), {});
    expect(await resultsOf(actor)).toEqual([]);
  });
});
