import { expect, it } from 'vitest';
import { useSchool } from '../support/school.ts';
import { runMatrix } from './matrix.ts';

const school = useSchool();

it('answers every actor on every route as the route declares', async () => {
  const { wrong, cells } = await runMatrix(school);
  expect(wrong).toEqual([]);
  expect(cells.length).toBeGreaterThan(400);
}, 120_000);
