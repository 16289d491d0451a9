import { beforeAll, describe, expect, it, test } from 'vitest';
import { explorationOf } from '../../../src/careers/explore.service.ts';
import { findCoursePlan } from '../../../src/coursePlan/coursePlan.store.ts';
import { experiencesOf } from '../../../src/experiences/experience.service.ts';
import { interestsOf } from '../../../src/inventory/inventory.service.ts';
import { listMeetings } from '../../../src/meetings/meeting.service.ts';
import { findPlan } from '../../../src/plans/plan.service.ts';
import { portfolioOf } from '../../../src/portfolio/evidence.service.ts';
import { addSampleCourses } from '../../../src/practice/sampleCourses.ts';
import { addSamplePlans } from '../../../src/practice/samplePlans.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
const never = new AbortController().signal;
let begun = 0;

beforeAll(async () => {
  await addSampleCourses(school.institution, new Date());
  begun = await addSamplePlans(school.lms, school.institution, new Date(), never);
}, 120_000);

test('eleven students have begun', () => {
  expect(begun).toBe(11);
});

test.each([
  ['student01', 'draft'],
  ['student02', 'active'],
  ['student03', 'submitted'],
  ['student04', 'returned'],
  ['student06', 'draft'],
  ['student08', 'in_review'],
])('%s has a plan that is %s', async (key, state) => {
  expect(await findPlan(school.institution, await school.person(key))).toMatchObject({ state });
});

describe('the student of the links', () => {
  it('has something in every part of the plan', async () => {
    const { institution } = school;
    const person = await school.person('student01');
    expect((await explorationOf(institution, person)).saved.length).toBeGreaterThan(2);
    expect((await interestsOf(institution, person))?.code).toBe('RIC');
    expect(await portfolioOf(institution, person)).toHaveLength(2);
    expect(await experiencesOf(institution, person)).toMatchObject([{ state: 'submitted' }]);
    expect(await listMeetings(institution, person)).toMatchObject([{ state: 'planned' }]);
    const { entries, sets } = await findCoursePlan(institution, person);
    expect(entries.length).toBeGreaterThan(10);
    expect(sets).toHaveLength(2);
  });

  it('meets it in the LMS, the same in each', async () => {
    for (const manner of ['canvas', 'moodle'] as const) {
      const { text } = await (await school.as('student01', { manner })).get('/plan');
      expect(text).toContain('Build a robot arm');
    }
  });
});

test('a school that has begun is left alone, and an ended demo writes nothing more', async () => {
  const again = addSamplePlans(school.lms, school.institution, new Date(), never);
  expect(await again).toBe(0);
  const ended = addSamplePlans(school.lms, school.institution, new Date(), AbortSignal.abort());
  await expect(ended).rejects.toThrow('aborted');
});
