import { expect, test } from 'vitest';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

test('smoke', async () => {
  const maya = await school.as('student01');
  const list = await maya.get(paths.goals);
  expect(list.status).toBe(200);
  console.log(list.text.slice(0, 3000));
  const fresh = await maya.get(paths.newGoal);
  expect(fresh.status).toBe(200);
  const made = await maya.post(paths.goals, { kind: 'career', statement: 'Build a robot arm' });
  console.log(made.status, made.path, made.text.slice(0, 2000));
});
