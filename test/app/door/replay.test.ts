import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countIn, postForm, startLogin, tokenFor, type LaunchRequest } from '../../support/door.ts';
import { useSchool } from '../../support/school.ts';
import { startWebProcess, type WebProcess } from '../../support/webProcess.ts';

/** Starting three processes takes some seconds, so this belongs to the long run. */
const isLong = process.env['LONG'] === '1';

describe.runIf(isLong)('one captured launch form, posted to three web processes', () => {
  const school = useSchool();
  let processes: WebProcess[] = [];
  beforeAll(async () => {
    processes = await Promise.all([1, 2, 3].map(() => startWebProcess(school.deps.env)));
  }, 60_000);
  afterAll(async () => void (await Promise.all(processes.map((one) => one.stop()))));

  it('a hundred times at once opens one session (A2)', async () => {
    const request: LaunchRequest = { person: 'student07', course: 'advisory' };
    const lms = school.lms.manners.canvas;
    const login = await startLogin(lms, request);
    const form = await tokenFor(lms, request, login);
    const before = await countIn('sessions');
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        postForm(`${processes[index % 3]?.origin}/lti/launch`, form, { cookie: login.cookie }),
      ),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status >= 400 && status < 500)).toHaveLength(99);
    expect(await countIn('sessions')).toBe(before + 1);
  });
});
