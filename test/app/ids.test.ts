import mongoose from 'mongoose';
import { expect, it } from 'vitest';
import { declaredModels } from '../../src/shared/model.ts';
import { useSchool } from '../support/school.ts';

const school = useSchool();

it('every stored id is a string, whichever way it was written', async () => {
  await (await school.as('student01')).get('/plan');
  await school.settle();
  const wrong: string[] = [];
  for (const { name } of declaredModels()) {
    const odd = await mongoose.connection
      .collection(name)
      .countDocuments({ _id: { $not: { $type: 'string' } } });
    if (odd > 0) wrong.push(`${name}: ${odd}`);
  }
  expect(wrong).toEqual([]);
});
