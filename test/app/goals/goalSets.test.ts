import { beforeAll, describe, expect, test } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { planCourse } from '../../../src/coursePlan/coursePlan.service.ts';
import { setsOf } from '../../../src/coursePlan/courseFacts.service.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import { listRequirementSets } from '../../../src/pathways/requirement.service.ts';
import type { RequirementSet } from '../../../src/pathways/requirement.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import { addSampleCourses } from '../../../src/practice/sampleCourses.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { tellGrade } from '../../../src/coursePlan/coursePlan.service.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
let sets: RequirementSet[];

beforeAll(async () => {
  await addSampleCourses(school.institution, new Date());
  sets = await listRequirementSets(school.institution);
});

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

const goalsOf = async ({ institution, person }: Actor) => (await getPlan(institution, person)).goals;
const keysOf = async ({ institution, person }: Actor) =>
  (await setsOf(institution, person, new Date())).map(({ key }) => key);
const standingOf = async ({ institution, person }: Actor, component: string) =>
  (await getPlan(institution, person)).standings.find((one) => one.component === component);

/** A career goal of this student; its form as the page sends it. */
async function aCareerGoal(actor: Actor) {
  const form = aGoalForm({ by: '2099-01-01', supports: [], steps: [], finished: false });
  const { goal } = await createGoal(actor, actor.person, form, new Date());
  const { statement, why, baseline, measure, strategies } = goal;
  const texts = { kind: 'career', statement, why, baseline, measure, strategies };
  const target = { targetFrom: '0', targetTo: '3', targetUnit: 'things', by: '2099-01-01' };
  return { id: goal.id, form: { ...texts, ...target } };
}

describe('requirement sets of a career goal', () => {
  test('choosing one changes the audit and what the courses are worth, in the same write', async () => {
    const { visitor, actor } = await student('student01');
    const { id, form } = await aCareerGoal(actor);
    await tellGrade(actor, actor.person, 9, new Date());
    const wanted = sets.find(({ kind }) => kind !== 'graduation');
    const key = wanted?.key ?? '';
    expect(await keysOf(actor)).not.toContain(key);
    const page = await visitor.get(paths.goal(id));
    expect(page.text).toContain(wanted?.name ?? 'no set');
    await visitor.post(paths.goal(id), { ...form, requirementSets: key, _version: '1' });
    expect(await keysOf(actor)).toContain(key);
    expect((await visitor.get(paths.coursePlan)).text).toContain(wanted?.name ?? 'no set');

    const later = await visitor.get(paths.goal(id));
    expect(later.text).toMatch(new RegExp(`value="${key}"[^>]*checked`));
    await visitor.post(paths.goal(id), { ...form, kind: 'academic', requirementSets: key, _version: '2' });
    expect(await keysOf(actor)).not.toContain(key);
  });

  test('another graduation set measures the plan anew at once', async () => {
    const { actor, visitor } = await student('student02');
    const now = new Date();
    await tellGrade(actor, actor.person, 9, now);
    await planCourse(actor, actor.person, { code: 'ENG9', grade: 9, term: 'year' }, now).catch(() => null);
    const before = await standingOf(actor, 'courses.gradreq');
    const { id, form } = await aCareerGoal(actor);
    const all = sets.map(({ key }) => key);
    await visitor.get(paths.goal(id));
    await visitor.post(paths.goal(id), { ...form, requirementSets: all.slice(0, 5), _version: '1' });
    expect((await goalsOf(actor))[0]?.requirementSets).toEqual(all.slice(0, 5));
    expect((await standingOf(actor, 'courses.gradreq'))?.credit ?? 0).toBe(before?.credit ?? 0);
  });

  test('a set that the school does not have is refused in words', async () => {
    const { visitor, actor } = await student('student03');
    const { id, form } = await aCareerGoal(actor);
    await visitor.get(paths.goal(id));
    const answer = await visitor.post(paths.goal(id), {
      ...form,
      requirementSets: 'no-such-set',
      _version: '1',
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('does not offer this list');
  });
});

describe('replacing a career goal', () => {
  test('keeps the old one with the reason and opens a new one that names it', async () => {
    const { visitor, actor } = await student('student04');
    const { id } = await aCareerGoal(actor);
    expect((await visitor.get(paths.goal(id))).text).toContain('Replace this goal');
    const form = { changeWhy: 'I found out that I like people more.', next: 'Become a  teacher' };
    const made = await visitor.post(paths.replaceGoal(id), form);
    const goals = await goalsOf(actor);
    expect(goals).toMatchObject([
      { id, status: 'dropped', outcome: 'I found out that I like people more.' },
      { statement: 'Become a teacher', kind: 'career', status: 'proposed', replaces: id },
    ]);
    expect(made.path).toBe(paths.goal(goals[1]?.id ?? ''));
    for (const text of ['Before', 'Build a robot arm', 'I found out that I like people more.'])
      expect(made.text).toContain(text);
    const old = await visitor.get(paths.goal(id));
    expect(old.text).toContain('Become a teacher');
    const events = await historyOf(actor.institution, actor.person, { limit: 20 });
    expect(events.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['goal.replaced', 'goal.proposed']),
    );
  });

  test('sent twice it is one new goal', async () => {
    const { visitor, actor } = await student('student05');
    const { id } = await aCareerGoal(actor);
    await visitor.get(paths.goal(id));
    const form = { changeWhy: 'Because.', next: 'Become a teacher' };
    const first = await visitor.post(paths.replaceGoal(id), form);
    const second = await visitor.post(paths.replaceGoal(id), form);
    expect(second.path).toBe(first.path);
    expect(await goalsOf(actor)).toHaveLength(2);
  });

  test('asks for both answers, keeps what was typed, and is not for school goals', async () => {
    const { visitor, actor } = await student('student06');
    const { id } = await aCareerGoal(actor);
    await visitor.get(paths.goal(id));
    const bad = await visitor.post(paths.replaceGoal(id), { changeWhy: ' ', next: 'Become a pilot' });
    expect(bad.status).toBe(422);
    for (const text of ['Say why you change this goal.', 'Become a pilot', 'href="#changeWhy"'])
      expect(bad.text).toContain(text);
    const { goal } = await createGoal(
      actor,
      actor.person,
      aGoalForm({ kind: 'academic', by: '2099-01-01' }),
      new Date(),
    );
    expect((await visitor.get(paths.goal(goal.id))).text).not.toContain('Replace this goal');
    const refused = await visitor.post(paths.replaceGoal(goal.id), { changeWhy: 'x', next: 'y' });
    expect(refused.status).toBe(409);
  });
});
