import mongoose from 'mongoose';
import { describe, expect, test } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { inventoryPart } from '../../../src/inventory/inventory.part.ts';
import {
  interestsOf,
  interestStandingsOf,
  listSittings,
  startSitting,
} from '../../../src/inventory/inventory.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { getPlan } from '../../../src/plans/plan.service.ts';
import { standingOf } from '../../../src/plans/standing.ts';
import type { Answer, Visitor } from '../../../src/practice/visitor.ts';
import { newId } from '../../../src/shared/model.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';
import { words } from '../../unit/views/render.ts';

const school = useSchool();

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

async function creditOf({ institution, person }: Actor): Promise<number> {
  return standingOf(await getPlan(institution, person), 'self.interests')?.credit ?? 0;
}

/** One page of six, each answered with the value at its place. */
function page(number: number, values: readonly number[], button = 'next'): Record<string, string> {
  const answers = values.map((value, index) => [`q${index}`, String(value)] as const);
  return { page: String(number), do: button, ...Object.fromEntries(answers) };
}

/** R 4, I 3, A 2, S 1, E 0, C 0 on every page. */
const LIKES = [4, 3, 2, 1, 0, 0];

async function start(visitor: Visitor, bank = 'quick-12'): Promise<Answer> {
  await visitor.get(paths.interests);
  return visitor.post(paths.interests, { bank, begin: 'fresh' });
}

/** The quick set, answered to its end. */
async function answerAll(visitor: Visitor): Promise<Answer> {
  await start(visitor);
  await visitor.post(paths.interestQuestions, page(1, LIKES));
  return visitor.post(paths.interestQuestions, page(2, LIKES));
}

/** The plan goes over into the next school year. */
async function nextYear({ institution, person }: Actor): Promise<void> {
  await mongoose.connection
    .collection('plans')
    .updateOne({ institution, person }, { $inc: { year: 1, version: 1 } });
}

describe('answering', () => {
  test('goes page by page to a result that counts for the plan', async () => {
    const { visitor, actor } = await student('student02');
    expect((await visitor.get(paths.interests)).text).toContain('You have not answered them yet.');
    const first = await start(visitor);
    expect(first.path).toBe(paths.interestQuestions);
    expect(first.text).toContain('Page 1 of 2');
    const second = await visitor.post(paths.interestQuestions, page(1, LIKES));
    expect(second.path).toBe(`${paths.interestQuestions}?page=2`);
    expect(second.text).toContain('6 of 12 answered');
    expect(await creditOf(actor)).toBe(0.5);
    const result = await visitor.post(paths.interestQuestions, page(2, LIKES));
    expect(result.path).toBe(`${paths.interests}?done=finished`);
    expect(result.text).toContain('Most of all: <b>Hands-on</b>.');
    expect(await creditOf(actor)).toBe(1);
    expect(await interestsOf(actor.institution, actor.person)).toMatchObject({
      code: 'RIA',
      scores: { R: 100, I: 75, A: 50, S: 25, E: 0, C: 0 },
    });
    const actions = (await historyOf(actor.institution, actor.person, { limit: 20 })).map(
      ({ action }) => action,
    );
    expect(actions).toEqual(
      expect.arrayContaining(['plan.begun', 'interests.begun', 'interests.answered', 'interests.finished']),
    );
  });

  test('can stop, go back and go on; nothing that was answered is lost', async () => {
    const { visitor, actor } = await student('student03');
    await start(visitor, 'short-30');
    await visitor.post(paths.interestQuestions, page(1, LIKES));
    const back = await visitor.post(paths.interestQuestions, page(2, [1, 1], 'previous'));
    expect(back.path).toBe(`${paths.interestQuestions}?page=1`);
    expect(back.text).toMatch(/name="q0" value="4" checked/);
    const later = await visitor.post(paths.interestQuestions, page(1, LIKES, 'later'));
    expect(later.text).toContain('8 of 30 questions answered');
    expect(later.text).toContain('Go on with page 2');
    expect((await start(visitor, 'quick-12')).text).toContain('8 of 30 answered');
    expect(await listSittings(actor.institution, actor.person)).toHaveLength(1);
  });

  test('with questions left out shows which, and gives a result only when it says something', async () => {
    const { visitor, actor } = await student('student04');
    await start(visitor);
    await visitor.post(paths.interestQuestions, page(1, [2, 2, 2]));
    const check = await visitor.post(paths.interestQuestions, page(2, []));
    expect(check.path).toBe(paths.interestCheck);
    expect(check.text).toContain('3 questions without an answer');
    expect(check.text).toContain('not enough answers');
    const refused = await visitor.post(paths.interestCheck, {});
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('<title>Error:');
    await visitor.post(paths.interestQuestions, page(2, [4, 0, 0, 0, 0, 0]));
    expect((await visitor.post(paths.interestCheck, {})).path).toBe(`${paths.interests}?done=finished`);
    expect((await interestsOf(actor.institution, actor.person))?.scores).toMatchObject({
      R: 75,
      I: 25,
      S: 0,
    });
  });

  test('sent twice, or when it has ended, changes nothing', async () => {
    const { visitor, actor } = await student('student05');
    const before = await answerAll(visitor);
    expect(before.status).toBe(200);
    const again = await visitor.post(paths.interestQuestions, page(2, [0, 0, 0, 0, 0, 0]));
    expect(again.path).toBe(paths.interests);
    expect((await interestsOf(actor.institution, actor.person))?.code).toBe('RIA');
    expect((await visitor.get(paths.interestQuestions)).path).toBe(paths.interests);
  });

  test('two starts at once are one sitting', async () => {
    const { visitor, actor } = await student('student06');
    await visitor.get(paths.interests);
    const fields = { bank: 'quick-12', begin: 'fresh' };
    const posts = await Promise.all(
      [1, 2].map(() => visitor.post(paths.interests, fields, { follow: false })),
    );
    expect(posts.every(({ status }) => status === 303 || status === 409)).toBe(true);
    expect(await listSittings(actor.institution, actor.person)).toHaveLength(1);
  });

  test('refuses questions that nobody offers, and words that are no answer', async () => {
    const { visitor } = await student('student07');
    await visitor.get(paths.interests);
    const refused = await visitor.post(paths.interests, { bank: newId(), begin: 'fresh' });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Choose which questions you want to answer.');
    await start(visitor);
    expect((await visitor.post(paths.interestQuestions, { ...page(1, LIKES), q0: 'x' })).status).toBe(422);
    expect((await visitor.post(paths.interestQuestions, { ...page(1, LIKES), q9: '1' })).status).toBe(422);
  });

  test('a second time in one year keeps the first result in the history', async () => {
    const { visitor, actor } = await student('student08');
    await answerAll(visitor);
    await visitor.post(paths.interests, { bank: 'quick-12', begin: 'carry' });
    const open = await visitor.get(paths.interestQuestions);
    expect(open.text).toContain('Your earlier answers are filled in.');
    expect(await creditOf(actor)).toBe(1);
    await visitor.post(paths.interestQuestions, page(1, [0, 0, 0, 4, 4, 4]));
    await visitor.post(paths.interestQuestions, page(2, [0, 0, 0, 4, 4, 4]));
    const now = await visitor.get(paths.interests);
    expect(now.text).toContain('side by side: <b>Helping, Leading, and Organizing</b>');
    const earlier = /href="(\/plan\/interests\/results\/[0-9a-f]{24})"/.exec(now.text)?.[1] ?? '';
    expect((await visitor.get(earlier)).text).toContain('Short form: RIA.');
    expect((await (await school.as('student09')).get(earlier)).status).toBe(404);
  });

  test('can be put away for other questions', async () => {
    const { visitor, actor } = await student('student10');
    await start(visitor, 'short-30');
    await visitor.post(paths.interestQuestions, page(1, LIKES));
    await visitor.get(paths.interests);
    const away = await visitor.post(paths.interestAway, {});
    expect(away.text).toContain('These answers are put away.');
    expect(await creditOf(actor)).toBe(0);
    expect((await start(visitor)).text).toContain('0 of 12 answered');
  });
});

describe('the year after', () => {
  test('asks only whether it is still true; one button is enough', async () => {
    const { visitor, actor } = await student('student11');
    await answerAll(visitor);
    await nextYear(actor);
    expect(
      await interestStandingsOf(
        actor.institution,
        actor.person,
        (await getPlan(actor.institution, actor.person)).year,
      ),
    ).toEqual([{ component: 'self.interests', credit: 0, verified: false }]);
    expect((await visitor.get(paths.interests)).text).toContain('Are these still true?');
    const confirmed = await visitor.post(paths.interestConfirm, {});
    expect(confirmed.text).toContain('Your interests count for this year.');
    expect(confirmed.text).not.toContain('Are these still true?');
    expect(await creditOf(actor)).toBe(1);
    await visitor.post(paths.interestConfirm, {});
    const sittings = await listSittings(actor.institution, actor.person);
    expect(sittings.map(({ status }) => status).toSorted()).toEqual(['answered', 'confirmed']);
    expect(sittings[0]?.from).toBe(sittings[1]?.id);
  });

  test('skipped tells the reason, which the advisor reads', async () => {
    const { visitor, actor } = await student('student12');
    await visitor.get(paths.interests);
    expect((await visitor.post(paths.interestSkip, { reason: '  ' })).status).toBe(422);
    const long = await visitor.post(paths.interestSkip, { reason: 'no '.repeat(300) });
    expect([long.status, long.text.includes('no no no')]).toEqual([422, true]);
    const skipped = await visitor.post(paths.interestSkip, { reason: 'We did it in class.' });
    expect(skipped.text).toContain('You skipped this in');
    expect(await creditOf(actor)).toBe(0);
    const advisor = await school.as('advisor1');
    const read = await advisor.get(paths.studentInterests(actor.person));
    expect(read.text).toContain('We did it in class.');
    expect((await answerAll(visitor)).text).toContain('Most of all');
  });
});

describe('who may', () => {
  test('an advisor reads, and nobody else’s advisor does', async () => {
    const { visitor, actor } = await student('student13');
    await answerAll(visitor);
    const read = await (await school.as('advisor1')).get(paths.studentInterests(actor.person));
    expect(read.text).toContain('Most of all: <b>Hands-on</b>.');
    expect(read.text).not.toContain('<form class');
    expect((await visitor.get(paths.studentInterests(actor.person))).status).toBe(403);
    expect((await (await school.as('student14')).get(paths.studentInterests(actor.person))).status).toBe(404);
  });

  test('a plan that was sent is not written to', async () => {
    const { actor } = await student('student15');
    const { institution, person } = actor;
    await mongoose.connection
      .collection('plans')
      .updateOne({ institution, person }, { $set: { state: 'submitted' } });
    await expect(
      startSitting(actor, person, { bank: 'quick-12', begin: 'fresh' }, new Date()),
    ).rejects.toThrow('cannot be edited now');
    expect(await listSittings(institution, person)).toEqual([]);
  });
});

test('the part tells the result to the plan, and every answer to the raw data', async () => {
  const { visitor, actor } = await student('student16');
  expect(await inventoryPart.read(actor, words)).toEqual([]);
  await answerAll(visitor);
  const lines = await inventoryPart.read(actor, words);
  expect(lines.map(({ id }) => id)).toEqual(['result', 'scores']);
  expect(lines[0]?.text).toMatch(/^Hands-on, Finding out, Creating\. Short form: RIA\./);
  expect(lines.every(({ material }) => !material)).toBe(true);
  expect(await inventoryPart.records(actor)).toMatchObject([{ answers: expect.any(Array), code: 'RIA' }]);
});

describe('the school’s own questions', () => {
  const SOURCE = [
    'letter,text',
    ...['R', 'I', 'A', 'S', 'E', 'C'].flatMap((letter) => [
      `${letter},Do ${letter} one`,
      `${letter},Do ${letter} two`,
    ]),
  ].join('\n');
  const FORM = {
    source: SOURCE,
    name: 'Ours',
    language: 'en',
    scale: 'No\nYes',
    attribution: 'The counselors',
  };
  const administrator = (): Promise<Visitor> => school.as('admin1', { course: undefined });

  test('are checked first, imported on confirmation, offered, and can be taken back', async () => {
    const admin = await administrator();
    await admin.get(paths.adminInventories);
    const wrong = await admin.post(paths.adminInventoryCheck, { ...FORM, source: `${SOURCE}\nX,Odd` });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Line 14: The letter must be');
    const dry = await admin.post(paths.adminInventoryCheck, FORM);
    expect(dry.text).toContain('Nothing is wrong');
    const { visitor } = await student('student17');
    expect((await visitor.get(paths.interests)).text).not.toContain('Ours');
    expect((await admin.post(paths.adminInventories, FORM)).text).toContain('Imported. Students can choose');
    expect((await admin.post(paths.adminInventories, FORM)).text).toContain('Nothing has changed');
    const offered = await visitor.get(paths.interests);
    const id = /value="([0-9a-f]{24})"/.exec(offered.text)?.[1] ?? '';
    await visitor.post(paths.interests, { bank: id, begin: 'fresh' });
    await admin.get(paths.adminInventories);
    expect((await admin.post(paths.adminInventoryUndo, { bank: id })).text).toContain('taken back');
    expect((await admin.post(paths.adminInventoryUndo, { bank: id })).status).toBe(409);
    const open = await visitor.get(paths.interestQuestions);
    expect(open.text).toContain('Do R one');
    expect(open.text).toContain('The counselors');
    expect((await (await school.as('student18')).get(paths.interests)).text).not.toContain('Ours');
  });

  test('a second import of the name takes the place of the first; taking it back brings the first again', async () => {
    const admin = await administrator();
    await admin.get(paths.adminInventories);
    await admin.post(paths.adminInventories, { ...FORM, name: 'Versions' });
    const changed = { ...FORM, name: 'Versions', source: SOURCE.replace('Do R one', 'Do R again') };
    expect((await admin.post(paths.adminInventoryCheck, changed)).text).toContain('Takes the place of');
    const list = (await admin.post(paths.adminInventories, changed)).text;
    expect(list.match(/<b><bdi>Versions<\/bdi><\/b>/g)).toHaveLength(1);
    const newest = await mongoose.connection
      .collection('itemBanks')
      .findOne({ name: 'Versions', status: 'current' });
    await admin.post(paths.adminInventoryUndo, { bank: String(newest?._id) });
    const back = await mongoose.connection
      .collection('itemBanks')
      .findOne({ name: 'Versions', status: 'current' });
    expect(String(back?._id)).toBe(newest?.['replaces']);
    expect(back?.['items'][0].text).toBe('Do R one');
  });

  test('the last set cannot be switched off, and only an administrator comes here', async () => {
    const admin = await administrator();
    await admin.get(paths.adminInventories);
    const offered = await mongoose.connection.collection('itemBanks').find({ status: 'current' }).toArray();
    for (const { _id } of offered)
      await admin.post(paths.adminInventoryOffer, { bank: String(_id), offered: '0' });
    expect((await admin.post(paths.adminInventoryOffer, { bank: 'short-30', offered: '0' })).text).toContain(
      'not offered any more',
    );
    const last = await admin.post(paths.adminInventoryOffer, { bank: 'quick-12', offered: '0' });
    expect([last.status, last.text.includes('At least one set')]).toEqual([409, true]);
    const only = (await (await school.as('student19')).get(paths.interests)).text;
    expect(only).toContain('<input type="hidden" name="bank" value="quick-12">');
    await admin.get(paths.adminInventories);
    await admin.post(paths.adminInventoryOffer, { bank: 'short-30', offered: '1' });
    expect((await (await school.as('advisor1')).get(paths.adminInventories)).status).toBe(403);
  });
});
