import { describe, expect, test } from 'vitest';
import type { Actor } from '../../../src/people/actor.ts';
import { grantAdministrator } from '../../../src/people/grant.service.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import type { Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { planToSign, type Signers } from '../../support/signing.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();
const ALL: Signers = [
  { role: 'student', required: true },
  { role: 'family', required: true },
  { role: 'advisor', required: true },
];

interface Waiting {
  student: Visitor;
  advisor: Visitor;
  person: string;
}

/** A real student and advisor whose plan waits for signatures. */
async function waiting(key: string, signers: Signers = ALL): Promise<Waiting> {
  const [student, advisor] = [await school.as(key), await school.as('advisor1')];
  const { institution } = school;
  const person = await school.person(key);
  const staff = await school.person('advisor1');
  const actor = (role: Actor['role'], id: string): Actor => ({ institution, person: id, role, via: null });
  const people = {
    student: actor('student', person),
    advisor: actor('advisor', staff),
    administrator: actor('administrator', staff),
  };
  await planToSign(people, signers, new Date());
  return { student, advisor, person };
}

const stateOf = async (person: string) => (await getPlan(school.institution, person)).state;
/** The one form that opens what is to be signed. */
const openIn = (html: string): string => /action="([^"]+\/open)"/.exec(html)?.[1] ?? '';

describe('signing', () => {
  test('goes from the student over paper to the advisor, and the plan is in use', async () => {
    const { student, advisor, person } = await waiting('student02');
    const list = await student.get(paths.signatures);
    expect(list.text).toContain('3 signatures are still missing.');
    expect(list.text).toMatch(/Check code [\w-]{12}/);
    const shown = await student.post(openIn(list.text), {});
    expect(shown.path).toMatch(/^\/plan\/signatures\/[0-9a-f]{24}$/);
    expect(shown.text).toContain('Build a robot arm for the spring science fair');
    const refused = await student.post(shown.path, {});
    expect([refused.status, refused.text.includes('href="#agree"')]).toEqual([422, true]);
    const signed = await student.post(shown.path, { agree: '1' });
    expect(signed.text).toContain('You have signed.');
    expect(await student.get(paths.signatures).then(({ text }) => openIn(text))).toBe('');

    const theirs = await advisor.get(paths.studentSignatures(person));
    const row = theirs.text.split('<li>').find((text) => text.includes('<p class="strong">Family</p>'));
    const one = await advisor.get(/href="(\/students[^"]+)"/.exec(row ?? '')?.[1] ?? '');
    expect(one.text).toContain('Signed on paper');
    const future = await advisor.post(`${one.path}/paper`, { name: 'Chidi <Okafor>', day: '2099-01-01' });
    expect(future.status).toBe(422);
    expect(future.text).toContain('value="Chidi &lt;Okafor&gt;"');
    const recorded = await advisor.post(`${one.path}/paper`, { name: 'Chidi Okafor', day: '2026-01-05' });
    expect(recorded.text).toContain('Signed on paper by Chidi Okafor on January 5, 2026');
    expect(await stateOf(person)).toBe('signing');

    const own = await advisor.post(openIn(recorded.text), {});
    const done = await advisor.post(own.path, { agree: '1' });
    expect(done.text).toContain('All signatures are there. The plan is in use.');
    expect(await stateOf(person)).toBe('active');
  });

  test('declined tells why, on both sides, and the plan is the student’s again', async () => {
    const { student, advisor, person } = await waiting('student03');
    const shown = await student.post(openIn((await student.get(paths.signatures)).text), {});
    const silent = await student.post(`${shown.path}/decline`, { reason: ' ' });
    expect([silent.status, silent.text.includes('href="#decline-reason"')]).toEqual([422, true]);
    const told = await student.post(`${shown.path}/decline`, { reason: 'The goal is not mine.' });
    expect(told.text).toContain('Declined on');
    expect(await stateOf(person)).toBe('returned');
    expect((await advisor.get(paths.studentSignatures(person))).text).toContain('The goal is not mine.');
  });

  test('of the family is waived with its reason, and not without attempts', async () => {
    const { advisor, person } = await waiting('student04', ALL.slice(1, 2));
    const list = await advisor.get(paths.studentSignatures(person));
    const path = /href="(\/students\/[0-9a-f]{24}\/signatures\/[0-9a-f]{24})"/.exec(list.text)?.[1] ?? '';
    await advisor.get(path);
    const few = await advisor.post(`${path}/waive`, { ground: 'attempts', reason: 'No answer' });
    expect([few.status, few.text.includes('There are 0 so far.')]).toEqual([422, true]);
    const waived = await advisor.post(`${path}/waive`, { ground: 'adult', reason: 'Born in 2007' });
    expect(waived.text).toContain('The student is 18 or older: Born in 2007');
    expect(await stateOf(person)).toBe('active');
  });

  test('keeps a scan with the paper, as a file to take away', async () => {
    const { advisor, person } = await waiting('student05', ALL.slice(1, 2));
    const list = await advisor.get(paths.studentSignatures(person));
    const path = /href="(\/students\/[0-9a-f]{24}\/signatures\/[0-9a-f]{24})"/.exec(list.text)?.[1] ?? '';
    const page = await advisor.get(path);
    expect(page.text).toContain('enctype="multipart/form-data"');
    const form = new FormData();
    const token = /name="_csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    for (const [name, value] of Object.entries({
      _csrf: token,
      _key: crypto.randomUUID(),
      name: 'Chidi',
      day: '2026-01-05',
    }))
      form.append(name, value);
    form.append('file', new Blob([PDF], { type: 'application/pdf' }), 'paper.pdf');
    const cookie = [...advisor.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const sent = await fetch(`${school.tool}${path}/paper`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
      headers: { cookie, origin: school.tool },
    });
    expect(sent.status).toBe(303);
    const scan = await advisor.get(`${path}/scan`);
    expect([scan.status, scan.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(scan.headers.get('content-disposition')).toMatch(/^attachment/);
    const other = await school.as('student06');
    expect((await other.get(`${path}/scan`)).status).toBe(404);
  });

  test('for the school is an administrator’s, who may be the advisor too', async () => {
    const { institution } = school;
    const advisor1 = await school.person('advisor1');
    const { person } = await waiting('student07', [{ role: 'school', required: true }]);
    const plain = await school.as('advisor1');
    expect(openIn((await plain.get(paths.studentSignatures(person))).text)).toBe('');
    await grantAdministrator({ institution, person: advisor1, via: null }, advisor1, new Date());
    const granted = await school.as('advisor1');
    const shown = await granted.post(openIn((await granted.get(paths.studentSignatures(person))).text), {});
    const done = await granted.post(shown.path, { agree: '1' });
    expect(done.text).toContain('You have signed.');
    expect(await stateOf(person)).toBe('active');
  });
});

describe('the history', () => {
  test('tells what happened in plain words, by whom, and compares versions', async () => {
    const { student, advisor, person } = await waiting('student08', ALL.slice(0, 1));
    const shown = await student.post(openIn((await student.get(paths.signatures)).text), {});
    await student.post(shown.path, { agree: '1' });
    await student.get(paths.selfReview);
    await student.post(paths.selfReview, {
      well: 'Six books',
      hard: '',
      changed: '',
      next: '',
      _version: '0',
    });
    const page = await student.get(paths.history);
    for (const told of ['signed the plan', 'approved the plan', 'wrote the self-review', 'Version 1'])
      expect(page.text).toContain(told);
    expect(page.text).toContain('What changed since it was signed');
    const same = await student.get(`${paths.historyChanges}?from=1&to=now`);
    expect(same.text).toContain('Nothing changed between these two.');
    expect((await student.get(`${paths.historyChanges}?from=7`)).status).toBe(404);

    const theirs = await advisor.get(`${paths.studentHistory(person)}?who=${person}`);
    expect(theirs.text).toContain('signed the plan');
    expect(theirs.text).not.toContain('approved the plan');
    expect((await (await school.as('student09')).get(paths.studentHistory(person))).status).toBe(404);
  });

  test('hides from the student what staff do among themselves', async () => {
    const [student, advisor] = [await school.as('student10'), await school.as('advisor1')];
    const person = await school.person('student10');
    await advisor.get(paths.studentMeetings(person));
    const attempt = { day: '2026-01-05', how: 'phone', outcome: 'noAnswer', note: 'A private remark' };
    await advisor.post(paths.studentContacts(person), attempt);
    expect((await advisor.get(paths.studentHistory(person))).text).toContain('tried to reach the family');
    const own = await student.get(paths.history);
    expect(own.status).toBe(200);
    expect(own.text).not.toMatch(/tried to reach|private remark/);
  });
});

/** The smallest document that is one. */
const PDF = `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/MediaBox[0 0 3 3]/Parent 2 0 R>>endobj
trailer<</Root 1 0 R>>
%%EOF
`;
