import { beforeEach, describe, expect, it } from 'vitest';
import { findCommand, parseCommand } from '../../../src/admin/command.ts';
import { courses } from '../../../src/admin/commands/courses.ts';
import { grants } from '../../../src/admin/commands/grants.ts';
import { seed } from '../../../src/admin/commands/seed.ts';
import { caseloadOf } from '../../../src/caseload/caseload.service.ts';
import { listCourses } from '../../../src/courses/course.service.ts';
import { rememberEnrolment } from '../../../src/courses/enrolment.service.ts';
import { listInstitutions } from '../../../src/institutions/institution.store.ts';
import { createLtiServices } from '../../../src/lti/services.ts';
import { isAdministrator, rememberPeople } from '../../../src/people/person.service.ts';
import { findPlan } from '../../../src/plans/plan.service.ts';
import { createLog } from '../../../src/shared/log.ts';
import { NOW } from '../../support/build.ts';
import { databaseUri, useDatabase } from '../../support/db.ts';
import { testEnv } from '../../support/school.ts';
import { aCourse, aSchool } from '../../support/storedSchool.ts';

useDatabase();
let said: string[] = [];
beforeEach(() => void (said = []));

async function run(line: string): Promise<void> {
  const argv = line.split(' ');
  const command = findCommand([...courses, ...grants, seed], argv);
  if (!command) throw new Error(`There is no command in "${line}".`);
  const env = testEnv('http://localhost:1', databaseUri());
  const lti = createLtiServices({ env, log: createLog('silent') });
  await command.run(parseCommand(command, argv), { env, lti, now: NOW, out: (text) => void said.push(text) });
}
const answer = <T>(): T => JSON.parse(said.at(-1) ?? '') as T;

describe('courses', () => {
  it('are listed and marked as advisory, by their id alone', async () => {
    const { institution } = await aSchool();
    const course = await aCourse(institution);
    await run('courses list --json');
    expect(answer<{ id: string }[]>().map(({ id }) => id)).toContain(course);
    await run(`courses advisory ${course}`);
    expect(said.at(-1)).toContain('is an advisory course');
    await run(`courses advisory ${course} --off --json`);
    expect(answer()).toMatchObject({ id: course, advisory: false });
    await run('courses list');
    expect(said.at(-1)).toContain('roster never');
    await expect(run('courses advisory 000000000000000000000000')).rejects.toThrow('does not exist');
  });
});

describe('grants', () => {
  async function anLmsAdministrator() {
    const { institution, course } = await aSchool();
    const facts = {
      sub: 'u1',
      name: 'Philippa Okonjo',
      given: 'Philippa',
      family: 'Okonjo',
      email: 'p.okonjo@school.example',
      sisId: 'A-1',
      lmsUserId: null,
      locale: null,
      zone: null,
      testUser: false,
    };
    const people = await rememberPeople(institution, '0'.repeat(24), [facts], NOW, 'launch');
    const person = people.get('u1') ?? '';
    await rememberEnrolment({ institution, course, person, sub: 'u1', role: 'administrator' }, NOW);
    return { institution, person };
  }

  it('offer the LMS’s administrators, and give the right to the one that is named', async () => {
    const { institution, person } = await anLmsAdministrator();
    await run('grants add');
    expect(said.join('\n')).toContain(`${person}  A-1  p.okonjo@school.example  Philippa Okonjo`);
    expect(await isAdministrator(institution, person)).toBe(false);
    await run('grants add --sis A-1');
    expect(await isAdministrator(institution, person)).toBe(true);
    await run('grants add --email P.Okonjo@school.example --json');
    expect(answer()).toMatchObject({ id: person });
    await run('grants list --json');
    expect(answer<object[]>()).toHaveLength(1);
    await run('grants list');
    expect(said.at(-1)).toContain('Philippa Okonjo');
  });

  it('are refused for somebody who is not known', async () => {
    await anLmsAdministrator();
    await expect(run('grants add --sis X-9')).rejects.toThrow('is known to Waymark yet');
    await expect(run('grants add --person 000000000000000000000000')).rejects.toThrow('does not exist');
    await expect(run('grants add --sis A-1 --name Nowhere')).rejects.toThrow('does not exist');
    expect((await listInstitutions()).map(({ name }) => name)).not.toContain('Nowhere');
  });
});

describe('seed', () => {
  it('invents students in advisory courses with plans; again, it adds nothing', async () => {
    await run('seed --students 40 --json');
    const made = answer<{ institution: string; courses: { course: string; advisor: string }[] }>();
    expect(made.courses).toHaveLength(2);
    const advisor = made.courses[0]?.advisor ?? '';
    const first = await caseloadOf(made.institution, advisor, null);
    expect(first.cases).toHaveLength(30);
    expect(new Set(first.cases.map(({ state }) => state)).size).toBeGreaterThan(4);
    await run('seed --students 40 --json');
    expect(answer()).toEqual(made);
    expect((await caseloadOf(made.institution, advisor, null)).cases).toHaveLength(30);
    expect(await listCourses(made.institution)).toHaveLength(2);
  });

  it('can name an advisor who exists', async () => {
    await run('seed --students 3 --json');
    const { institution, courses: list } = answer<{
      institution: string;
      courses: { advisor: string }[];
    }>();
    await run(`seed --students 31 --advisor ${list[0]?.advisor ?? ''}`);
    const { cases } = await caseloadOf(institution, list[0]?.advisor ?? '', null);
    expect(cases).toHaveLength(31);
    expect(await findPlan(institution, cases[30]?.person ?? '')).not.toBeNull();
  });

  it('says how many it takes', async () => {
    await expect(run('seed --students many')).rejects.toThrow('--students N');
  });
});
