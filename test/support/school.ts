import { afterAll, beforeAll } from 'vitest';
import { databaseUri } from './db.ts';
import { startSchool, type School, type StartOptions } from './startSchool.ts';

export { testEnv, type School } from './startSchool.ts';

/**
 * A whole school for one test file; the database is the test worker's own and emptied before.
 *
 *   const school = useSchool();
 *   const maya = await school.as('student01');   // a real launch; Canvas unless another manner is named
 *   const page = await maya.get('/plan');
 *   await maya.post('/plan/submit', {});          // token and key come from the last page
 *   await school.settle();                        // the worker has posted everything that was due
 *   school.lms.manners.canvas.gradebook(courseId)
 */
export function useSchool(options: Omit<StartOptions, 'databaseUri'> = {}): School {
  const school = {} as School;
  let stop: () => Promise<void> = async () => {};
  beforeAll(async () => {
    const started = await startSchool({ ...options, databaseUri: databaseUri() });
    Object.assign(school, started.school);
    stop = started.stop;
  }, 60_000);
  afterAll(() => stop());
  return school;
}
