import { describe, expect, test } from 'vitest';
import { createGoal } from '../../../src/goals/goal.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import { standingOf } from '../../../src/plans/standing.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { newId } from '../../../src/shared/model.ts';
import { paths } from '../../../src/shared/paths.ts';
import { SKILL_KEYS } from '../../../src/skills/skill.ts';
import { skillsPart } from '../../../src/skills/skills.part.ts';
import { listSkills, rateSkill, skillStandingsOf } from '../../../src/skills/skills.service.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';
import { words } from '../../unit/views/render.ts';

const school = useSchool();
const RATED = { level: '3', example: 'I led the club meeting.', how: '' };

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

async function creditOf({ institution, person }: Actor): Promise<number> {
  return standingOf(await getPlan(institution, person), 'skills.employability')?.credit ?? 0;
}

describe('rating a skill', () => {
  test('leads from one to the next, and counts when all ten are rated', async () => {
    const { visitor, actor } = await student('student02');
    expect((await visitor.get(paths.skills)).text).toContain('You have not rated a skill yet.');
    await visitor.get(paths.skill('communication'));
    const next = await visitor.post(paths.skill('communication'), RATED);
    expect(next.path).toBe(`${paths.skill('teamwork')}?done=saved`);
    expect(await creditOf(actor)).toBe(0.1);
    for (const skill of SKILL_KEYS.slice(1)) await visitor.post(paths.skill(skill), RATED);
    expect(await creditOf(actor)).toBe(1);
    const list = await visitor.get(paths.skills);
    expect(list.text).toContain('10 of 10 rated this school year');
    expect(await skillStandingsOf(actor.institution, actor.person, 2000)).toMatchObject([{ credit: 0 }]);
  });

  test('without a level or an example is refused, with what was typed', async () => {
    const { visitor, actor } = await student('student03');
    await visitor.get(paths.skill('planning'));
    const refused = await visitor.post(paths.skill('planning'), { example: ' ', how: 'Because <I> plan' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<a href="#level">Choose where you are now.</a>');
    expect(refused.text).toContain('<a href="#example">');
    const long = await visitor.post(paths.skill('planning'), { ...RATED, example: 'x'.repeat(1_001) });
    expect(long.text).toContain('Use 1,000 characters or fewer.');
    expect(await listSkills(actor.institution, actor.person)).toEqual([]);
  });

  test('says what it does for my goals; a goal that is not mine is left out', async () => {
    const { visitor, actor } = await student('student04');
    const { goal } = await createGoal(actor, actor.person, aGoalForm(), new Date());
    await visitor.get(paths.skill('creativity'));
    const goals = [goal.id, newId()];
    await visitor.post(paths.skill('creativity'), { ...RATED, goals, how: 'I design the arm.' });
    const [record] = await listSkills(actor.institution, actor.person);
    expect(record?.goals).toEqual([goal.id]);
    const overview = await visitor.get(paths.skillsOverview);
    expect(overview.text).toContain('Build a robot arm for the spring science fair');
    expect(overview.text).toContain('I design the arm.');
    expect(overview.text).toContain('Now: Steady');
  });

  test('again on the same day changes the rating; the same again changes nothing', async () => {
    const { visitor, actor } = await student('student05');
    await visitor.get(paths.skill('digital'));
    await visitor.post(paths.skill('digital'), RATED);
    const { version } = await getPlan(actor.institution, actor.person);
    await visitor.post(paths.skill('digital'), RATED);
    expect((await getPlan(actor.institution, actor.person)).version).toBe(version);
    await visitor.post(paths.skill('digital'), { ...RATED, level: '4' });
    const [record] = await listSkills(actor.institution, actor.person);
    expect(record?.ratings.map(({ level }) => level)).toEqual([4]);
  });

  test('of another day is added, and draws a line', async () => {
    const { visitor, actor } = await student('student06');
    const said = { level: 2 as const, example: 'I asked.', goals: [], how: '' };
    await rateSkill(actor, actor.person, 'selfAdvocacy', said, new Date(Date.now() - 3 * 86_400_000));
    await visitor.get(paths.skill('selfAdvocacy'));
    await visitor.post(paths.skill('selfAdvocacy'), RATED);
    const page = await visitor.get(paths.skill('selfAdvocacy'));
    expect(page.text).toContain('<polyline');
    expect(page.text).toMatch(/From Growing on .+ to Steady on/);
  });
});

describe('who may', () => {
  test('an advisor reads the overview; other students do not', async () => {
    const { visitor, actor } = await student('student08');
    await visitor.get(paths.skill('teamwork'));
    await visitor.post(paths.skill('teamwork'), RATED);
    const read = await (await school.as('advisor1')).get(paths.studentSkills(actor.person));
    expect(read.text).toContain('I led the club meeting.');
    expect(read.text).not.toContain(`href="${paths.skill('teamwork')}"`);
    expect((await (await school.as('student09')).get(paths.studentSkills(actor.person))).status).toBe(404);
  });

  test('a skill that is none is not there', async () => {
    const { visitor } = await student('student10');
    expect((await visitor.get(paths.skill('juggling'))).status).toBe(404);
    await visitor.get(paths.skill('planning'));
    expect((await visitor.post(paths.skill('juggling'), RATED)).status).toBe(404);
  });
});

test('the part has a line for each rated skill, for the student and staff', async () => {
  const { visitor, actor } = await student('student11');
  expect(await skillsPart.read(actor, words)).toEqual([]);
  await visitor.get(paths.skill('teamwork'));
  await visitor.post(paths.skill('teamwork'), RATED);
  expect(await skillsPart.read(actor, words)).toMatchObject([
    { id: 'teamwork', label: 'Working with others', audience: 'plan', material: false },
  ]);
  expect(await skillsPart.records(actor)).toMatchObject([{ skill: 'teamwork' }]);
});
