import { beforeAll, describe, expect, test } from 'vitest';
import { findCoursePlan } from '../../../src/coursePlan/coursePlan.store.ts';
import { listOffered } from '../../../src/pathways/catalogue.service.ts';
import { listRequirementSets } from '../../../src/pathways/requirement.service.ts';
import { addSampleCourses } from '../../../src/practice/sampleCourses.ts';
import type { Answer, Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
let admin: Visitor;

beforeAll(async () => {
  await addSampleCourses(school.institution, new Date());
  await school.as('student02');
  admin = await school.as('admin1', { placement: 'account_navigation' });
});

async function dryRun(target: string, text: string): Promise<Answer> {
  await admin.get(paths.newImport(target));
  return admin.post(paths.newImport(target), { text });
}

const idIn = ({ path }: Answer): string => path.split('/').at(-1)?.split('?')[0] ?? '';
const titles = async () => (await listOffered(school.institution)).map(({ title }) => title);

describe('the catalogue', () => {
  test('dry run names every bad row by its line and writes nothing; then confirm, then undo', async () => {
    const before = await titles();
    const text = [
      'courseCode,title,subjects,credits,grades',
      'NEW 1,"Marine, biology",Science,1,10;11',
      ',No code,Science,1,10',
      'NEW 2,Too much,Science,99,10',
      'chem,Chemistry renamed,Science,1,10;11;12',
      'NEW 1,Twice,Science,1,10',
    ].join('\r\n');
    const checked = await dryRun('catalogue', text);
    expect(checked.path).toMatch(/^\/admin\/imports\/[0-9a-f]{24}$/);
    for (const words of ['Line 3', 'code is empty.', 'Line 4', 'from 0 to 20', 'Line 6', 'twice'])
      expect(checked.text).toContain(words);
    expect(await titles()).toEqual(before);
    const id = idIn(checked);
    const done = await admin.post(paths.confirmImport(id), {});
    expect(done.text).toContain('The rows are imported.');
    expect(await titles()).toEqual(expect.arrayContaining(['Marine, biology', 'Chemistry renamed']));
    expect((await admin.post(paths.confirmImport(id), {})).status).toBe(409);
    await admin.get(paths.anImport(id));
    const undone = await admin.post(paths.undoImport(id), {});
    expect(undone.text).toContain('The import is taken back.');
    expect(await titles()).toEqual(before);
  });

  test('the same file again changes nothing, and a course changed since is not undone', async () => {
    const text = 'code,title\nZOO,Zoology';
    const id = idIn(await dryRun('catalogue', text));
    await admin.post(paths.confirmImport(id), {});
    expect((await dryRun('catalogue', text)).text).not.toContain('Import 1 row');
    const course = (await listOffered(school.institution)).find(({ code }) => code === 'ZOO');
    await admin.get(paths.offered(course?.id ?? ''));
    const form = {
      code: 'ZOO',
      title: 'Zoology II',
      subject: 'Science',
      credits: '1',
      terms: 'year',
      flags: 'active',
    };
    await admin.post(paths.offered(course?.id ?? ''), form);
    await admin.post(paths.undoImport(id), {});
    expect(await titles()).toContain('Zoology II');
  });

  test.each([
    ['', 'Choose a file, or paste lines.'],
    ['code,title', 'There are no rows under the heading.'],
    ['code\nX', 'These columns are missing: title.'],
    ['code,title\n"X,Y', 'quotation mark'],
    ['[{"code":', 'This is not JSON.'],
  ])('refuses %j in words and keeps what was pasted', async (text, words) => {
    const answer = await dryRun('catalogue', text);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
  });

  test('takes a file of a multipart form with token and key', async () => {
    const page = await admin.get(paths.newImport('catalogue'));
    const form = new FormData();
    form.set('_csrf', /name="_csrf" value="([^"]*)"/.exec(page.text)?.[1] ?? '');
    form.set('_key', crypto.randomUUID());
    form.set('text', '');
    form.set('upload', new Blob(['code;title\nFILE;From a file'], { type: 'text/csv' }), 'courses.csv');
    const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(school.tool + paths.newImport('catalogue'), {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie, origin: school.tool, 'sec-fetch-site': 'same-origin' },
    });
    expect(answer.status).toBe(303);
    const shown = await admin.get(answer.headers.get('location') ?? '');
    expect(shown.text).toContain('courses.csv');
    expect(shown.text).toContain('Import 1 row');
  });
});

describe('requirement sets', () => {
  test('come from CSV and JSON, get a new version, and can be taken back', async () => {
    const csv = 'set,kind,line,need,amount,subjects,courses\nNursing,pathway,Biology,courses,,,BIO 10\n';
    await admin.post(paths.confirmImport(idIn(await dryRun('requirements', csv))), {});
    const named = async () =>
      (await listRequirementSets(school.institution)).find(({ name }) => name === 'Nursing');
    expect(await named()).toMatchObject({ version: 1, kind: 'pathway' });
    const rules = [{ label: 'Science', need: 'credits', credits: 2, subjects: ['Science'] }];
    const json = JSON.stringify([{ name: 'Nursing', kind: 'pathway', rules }]);
    const id = idIn(await dryRun('requirements', json));
    await admin.post(paths.confirmImport(id), {});
    expect(await named()).toMatchObject({ version: 2, rules: [{ label: 'Science' }] });
    await admin.post(paths.undoImport(id), {});
    expect(await named()).toMatchObject({ version: 1, status: 'current' });
  });

  test('are edited as a new version, with each problem beside its field', async () => {
    const [set] = await listRequirementSets(school.institution);
    const path = paths.requirementSet(set?.id ?? '');
    await admin.get(path);
    const line = { 'lines.0.label': 'Math', 'lines.0.need': 'credits', 'lines.0.amount': '' };
    const wrong = await admin.post(path, { name: 'Changed', kind: 'graduation', ...line });
    expect([wrong.status, wrong.text.includes('Say how many.')]).toEqual([422, true]);
    await admin.post(path, { name: 'Changed', kind: 'graduation', ...line, 'lines.0.amount': '3' });
    const current = (await listRequirementSets(school.institution)).find(({ key }) => key === set?.key);
    expect(current).toMatchObject({ version: 2, name: 'Changed', rules: [{ label: 'Math' }] });
  });
});

describe('completed courses', () => {
  test('reach each student by SIS id, and leave again', async () => {
    const { sisId } = school.lms.manners.canvas.person('student02');
    const person = await school.person('student02');
    const text = `userSourcedId,courseCode,grade,finalGrade\n${sisId},ALG 1,9,B\n${sisId},GEO,9,Z\nnobody,ALG 1,9,A`;
    const checked = await dryRun('completed', text);
    expect(checked.text).toContain('There is no student with the id nobody.');
    expect(checked.text).toContain('mark is &#34;Z&#34;');
    const id = idIn(checked);
    await admin.post(paths.confirmImport(id), {});
    const entries = async () => (await findCoursePlan(school.institution, person)).entries;
    expect(await entries()).toMatchObject([{ code: 'ALG 1', state: 'completed', mark: 'B', grade: 9 }]);
    await admin.post(paths.undoImport(id), {});
    expect(await entries()).toEqual([]);
  });
});

describe('the advisor', () => {
  test('suggests, records, decides and writes about help; wrong forms stay open with what was typed', async () => {
    const student = await school.as('student03');
    await student.get(paths.coursePlan);
    await student.post(paths.courseGrade, { grade: '10' });
    const person = await school.person('student03');
    const advisor = await school.as('advisor1');
    const here = paths.studentCourses(person);
    expect((await advisor.get(here)).status).toBe(200);
    const wrong = await advisor.post(paths.recordCourse(person), {
      code: '',
      title: 'Latin',
      credits: '1',
      grade: '9',
      term: 'year',
      mark: 'Q',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('value="Latin"');
    expect(wrong.text).toContain('href="#complete.mark"');
    await advisor.post(paths.recordCourse(person), {
      code: '',
      title: 'Latin',
      subject: 'World language',
      credits: '1',
      grade: '9',
      term: 'year',
      mark: 'A',
    });
    await advisor.post(paths.suggestCourse(person), {
      code: 'CHEM',
      grade: '11',
      term: 'year',
      note: 'Try it',
    });
    const plan = await findCoursePlan(school.institution, person);
    expect(plan.entries.map(({ title, state }) => [title, state])).toEqual([
      ['Latin', 'completed'],
      ['Chemistry', 'suggested'],
    ]);
    const sets = await listRequirementSets(school.institution);
    const set = sets.find(({ kind }) => kind === 'graduation');
    const line = `${set?.key ?? ''}.${set?.rules[0]?.id ?? ''}`;
    const noReason = await advisor.post(paths.decideCourse(person), { what: 'waive', line, reason: '' });
    expect([noReason.status, noReason.text.includes('Give a reason.')]).toEqual([422, true]);
    const waived = await advisor.post(paths.decideCourse(person), {
      what: 'waive',
      line,
      reason: 'Moved here',
    });
    expect(waived.text).toContain('The decision counts from now on.');
    await advisor.post(paths.supportCourse(person), { needed: 'yes', text: 'Tutoring on Mondays' });
    expect((await student.get(paths.courseSupport)).text).toContain('Tutoring on Mondays');
    expect((await student.get(paths.coursePlan)).text).toContain('Moved here');
    const { waivers } = await findCoursePlan(school.institution, person);
    await advisor.post(paths.withdrawCourse(person), { decision: waivers[0]?.id ?? '' });
    expect((await findCoursePlan(school.institution, person)).waivers).toEqual([]);
  });
});
