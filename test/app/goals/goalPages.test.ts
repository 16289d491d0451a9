import { describe, expect, test } from 'vitest';
import type { Goal } from '../../../src/goals/goal.ts';
import { createGoal } from '../../../src/goals/goal.service.ts';
import type { Actor } from '../../../src/people/actor.ts';
import { approvePlan } from '../../../src/plans/decision.service.ts';
import { PROFILE_KEYS, type Plan } from '../../../src/plans/plan.ts';
import { getPlan, submitPlan } from '../../../src/plans/plan.service.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import { saveReviewAnswer, startReview } from '../../../src/plans/review.service.ts';
import type { Answer, Visitor } from '../../../src/practice/visitor.ts';
import { newId } from '../../../src/shared/model.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aGoalForm } from '../../support/build.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

/** A form as the page would send it; `by` is far enough away for any clock of this test. */
const WHOLE = {
  kind: 'career',
  statement: 'Build a robot arm',
  why: 'I may want to make machines.',
  baseline: 'I can build from a kit.',
  measure: 'It picks up three things.',
  targetFrom: '0',
  targetTo: '3',
  targetUnit: 'things',
  by: '2099-03-14',
  strategies: '',
  'steps.0.id': '',
  'steps.0.title': 'Join the club',
  'steps.0.due': '2099-01-10',
  'steps.1.id': '',
  'steps.1.title': 'Order parts',
  'steps.1.due': '',
  'supports.0.what': 'Open the lab',
  'supports.0.who': 'Robotics teacher',
};

const versionIn = ({ text }: Answer): string => /data-version="(\d+)"/.exec(text)?.[1] ?? '';
const keyOf = (): string => crypto.randomUUID();

async function student(key: string): Promise<{ visitor: Visitor; actor: Actor }> {
  const visitor = await school.as(key);
  const person = await school.person(key);
  return { visitor, actor: { institution: school.institution, person, role: 'student', via: null } };
}

const planOf = ({ institution, person }: Actor): Promise<Plan> => getPlan(institution, person);

async function newGoal(visitor: Visitor, statement = 'Build a robot arm'): Promise<string> {
  await visitor.get(paths.newGoal);
  const { path } = await visitor.post(paths.goals, { kind: 'career', statement });
  return path;
}

async function goalOf(actor: Actor, path: string): Promise<Goal> {
  const goal = (await planOf(actor)).goals.find(({ id }) => paths.goal(id) === path);
  if (!goal) throw new Error(`${path} is not in the plan`);
  return goal;
}

/** What a browser's script sends when somebody stopped typing. */
function autosave(visitor: Visitor, path: string, fields: Record<string, string>, version: string | number) {
  return visitor.post(path, fields, { headers: { 'x-autosave': '1', 'if-match': `"${version}"` } });
}

/** A plan that was sent, and, with `approved`, is in use. */
async function sent(
  key: string,
  approved = false,
): Promise<{ visitor: Visitor; actor: Actor; path: string }> {
  const { visitor, actor } = await student(key);
  const now = new Date();
  for (const part of PROFILE_KEYS)
    await saveProfilePart(actor, actor.person, part, { text: 'I explain well.', finished: true }, 0, now);
  const { goal } = await createGoal(actor, actor.person, aGoalForm({ by: '2099-03-14' }), now);
  await submitPlan(actor, actor.person, now);
  if (approved) {
    const advisor: Actor = { ...actor, person: newId(), role: 'advisor' };
    await startReview(advisor, actor.person, now);
    for (const section of [...PROFILE_KEYS, `goal:${goal.id}` as const])
      await saveReviewAnswer(advisor, actor.person, { section, answer: 'good', comment: '' }, 0, now);
    await approvePlan(advisor, actor.person, '', now);
  }
  return { visitor, actor, path: paths.goal(goal.id) };
}

describe('a new goal', () => {
  test('starts with two questions and goes on to its form', async () => {
    const { visitor, actor } = await student('student02');
    const first = await visitor.get(paths.goals);
    expect(first.text).toContain('No goal yet');
    const path = await newGoal(visitor);
    expect(path).toMatch(/^\/plan\/goals\/[0-9a-f]{24}$/);
    expect((await visitor.get(path)).text).toContain('1 of 7 parts are ready');
    expect((await goalOf(actor, path)).statement).toBe('Build a robot arm');
    expect((await visitor.get(paths.goals)).text).toContain('Build a robot arm');
  });

  test('without an answer shows the questions again, with what was typed', async () => {
    const { visitor } = await student('student02');
    await visitor.get(paths.newGoal);
    const again = await visitor.post(paths.goals, { statement: 'Learn to <cook>' });
    expect(again.status).toBe(422);
    expect(again.text).toContain('<title>Error: A new goal | Waymark</title>');
    expect(again.text).toContain('<a href="#kind">Choose what kind of goal it is.</a>');
    expect(again.text).toContain('Learn to &lt;cook&gt;');
  });

  test('posted twice with one key is one goal', async () => {
    const { visitor, actor } = await student('student03');
    await visitor.get(paths.newGoal);
    const key = keyOf();
    const fields = { kind: 'personal', statement: 'Run two miles' };
    const posts = await Promise.all(
      [1, 2].map(() => visitor.post(paths.goals, fields, { key, follow: false })),
    );
    expect(posts.filter(({ status }) => status === 303).length).toBeGreaterThanOrEqual(1);
    expect(posts.every(({ status }) => status === 303 || status === 409)).toBe(true);
    expect((await planOf(actor)).goals).toHaveLength(1);
  });
});

describe('the form', () => {
  test('saves everything, leads back to the plan, and shows it again', async () => {
    const { visitor, actor } = await student('student04');
    const path = await newGoal(visitor);
    const version = versionIn(await visitor.get(path));
    const saved = await visitor.post(path, { ...WHOLE, finished: '1', _version: version });
    expect([saved.status, saved.path]).toEqual([200, paths.plan]);
    expect(await goalOf(actor, path)).toMatchObject({
      finished: true,
      target: { from: 0, to: 3, unit: 'things' },
      by: '2099-03-14',
      steps: [
        { title: 'Join the club', due: '2099-01-10' },
        { title: 'Order parts', due: null },
      ],
      supports: [{ what: 'Open the lab', who: 'Robotics teacher' }],
    });
    const page = await visitor.get(path);
    expect(page.text).toContain('7 of 7 parts are ready');
    expect(page.text).toMatch(/You, [^<]+ and family/);
  });

  test('that is said to be finished and is not says what is missing, and keeps the words as a draft', async () => {
    const { visitor, actor } = await student('student05');
    const path = await newGoal(visitor);
    const version = versionIn(await visitor.get(path));
    const fields = { ...WHOLE, measure: '', by: '2020-01-01', finished: '1', _version: version };
    const again = await visitor.post(path, fields);
    expect(again.status).toBe(422);
    expect(again.text).toContain('<title>Error: Edit my career goal | Waymark</title>');
    expect(again.text).toContain('Fix these 2 things to finish your goal.');
    expect(again.text).toContain('<a href="#measure">Say how you will know that you have done it.</a>');
    expect(again.text).toContain('<a href="#by">Choose a date that is still to come.</a>');
    expect(again.text).toMatch(/id="measure"[^>]*aria-invalid="true"/);
    expect(again.text).toContain('5 of 7 parts are ready');
    expect(await goalOf(actor, path)).toMatchObject({ finished: false, why: WHOLE.why });
  });

  test('refuses half a target and a step without words, beside their fields', async () => {
    const { visitor } = await student('student05');
    const path = await newGoal(visitor, 'Count birds');
    const page = await visitor.get(path);
    const fields = { ...WHOLE, targetTo: '', 'steps.1.title': '', 'steps.1.due': '2099-02-01' };
    const again = await visitor.post(path, { ...fields, _version: versionIn(page) });
    expect(again.status).toBe(422);
    expect(again.text).toContain('href="#targetTo"');
    expect(again.text).toContain('href="#steps.1.title"');
    expect(again.text).toContain('id="steps.1.title-e"');
  });

  test('adds, moves and removes steps by buttons, without losing a word', async () => {
    const { visitor, actor } = await student('student06');
    const path = await newGoal(visitor);
    const titles = async () => (await goalOf(actor, path)).steps.map(({ title }) => title);
    const post = async (button: string, fields: Record<string, string> = {}) => {
      const page = await visitor.get(`${path}?edit=1`);
      const ids = (await goalOf(actor, path)).steps.map(({ id }, row) => [`steps.${row}.id`, id]);
      const all = { ...WHOLE, ...Object.fromEntries(ids), ...fields, do: button, _version: versionIn(page) };
      return visitor.post(path, all, { follow: false });
    };
    const added = await post('add.steps');
    expect(added.headers.get('location')).toBe(`${path}?edit=1&blank=steps#steps.2.title`);
    expect((await visitor.get(`${path}?edit=1&blank=steps`)).text).toContain('id="steps.2.title"');
    expect(await titles()).toEqual(['Join the club', 'Order parts']);
    const up = await post('up.steps.1', { why: 'Typed just before' });
    expect(up.headers.get('location')).toBe(`${path}?edit=1#down.0`);
    expect(await titles()).toEqual(['Order parts', 'Join the club']);
    expect((await goalOf(actor, path)).why).toBe('Typed just before');
    await post('remove.steps.1', { 'steps.0.title': 'Order parts', 'steps.1.title': 'Join the club' });
    expect(await titles()).toEqual(['Order parts']);
    await post('remove.supports.0', { 'steps.0.title': 'Order parts', 'steps.1.title': '' });
    expect((await goalOf(actor, path)).supports).toEqual([]);
  });

  test('refuses a field it does not know', async () => {
    const { visitor } = await student('student06');
    const path = await newGoal(visitor);
    expect((await visitor.post(path, { ...WHOLE, status: 'achieved' })).status).toBe(422);
    expect((await visitor.post(path, { ...WHOLE, 'steps[$ne]': 'x' })).status).toBe(422);
  });
});

describe('autosave', () => {
  test('saves as it is typed and tells the version; the same words again change nothing', async () => {
    const { visitor, actor } = await student('student07');
    const path = await newGoal(visitor);
    const version = versionIn(await visitor.get(path));
    const first = await autosave(visitor, path, WHOLE, version);
    expect(JSON.parse(first.text)).toMatchObject({ version: Number(version) + 1 });
    const steps = (await goalOf(actor, path)).steps.map(({ id }) => id);
    const second = await autosave(visitor, path, { ...WHOLE, why: 'More' }, Number(version) + 1);
    expect(JSON.parse(second.text)).toMatchObject({ version: Number(version) + 2 });
    expect((await goalOf(actor, path)).steps.map(({ id }) => id)).toEqual(steps);
    const same = await autosave(visitor, path, { ...WHOLE, why: 'More' }, Number(version) + 2);
    expect(JSON.parse(same.text)).toMatchObject({ version: Number(version) + 2 });
  });

  test('keeps an unfinished goal as a draft although the tick is set', async () => {
    const { visitor, actor } = await student('student07');
    const path = await newGoal(visitor);
    const version = versionIn(await visitor.get(path));
    const answer = await autosave(visitor, path, { ...WHOLE, measure: '', finished: '1' }, version);
    expect(answer.status).toBe(200);
    expect(await goalOf(actor, path)).toMatchObject({ finished: false, baseline: WHOLE.baseline });
  });

  test('in two tabs loses no word: 412 brings what is stored, and a step of the other tab stays', async () => {
    const { visitor, actor } = await student('student08');
    const path = await newGoal(visitor);
    const version = versionIn(await visitor.get(path));
    await autosave(visitor, path, WHOLE, version);
    const [one, two] = (await goalOf(actor, path)).steps.map(({ id }) => id);
    const ids = { 'steps.0.id': one ?? '', 'steps.1.id': two ?? '' };
    const old = versionIn(await visitor.get(path));
    const third = { 'steps.2.id': '', 'steps.2.title': 'Third, from tab A', 'steps.2.due': '' };
    await autosave(visitor, path, { ...WHOLE, ...ids, ...third, baseline: 'Tab A' }, old);
    const inB = { ...WHOLE, ...ids, why: 'Tab B' };
    const refused = await autosave(visitor, path, inB, old);
    const { version: now, fields } = JSON.parse(refused.text) as {
      version: number;
      fields: Record<string, string>;
    };
    expect(refused.status).toBe(412);
    expect(fields).toMatchObject({ baseline: 'Tab A', why: WHOLE.why, 'steps.0.title': 'Join the club' });
    // What the script does: words only the other tab changed come from there.
    const merged = { ...inB, baseline: fields['baseline'] ?? '' };
    expect((await autosave(visitor, path, merged, now)).status).toBe(200);
    const goal = await goalOf(actor, path);
    expect(goal).toMatchObject({ baseline: 'Tab A', why: 'Tab B' });
    expect(goal.steps.map(({ title }) => title)).toEqual([
      'Join the club',
      'Order parts',
      'Third, from tab A',
    ]);
  });

  test('without script shows both versions, and keeps the chosen one', async () => {
    const { visitor, actor } = await student('student09');
    const path = await newGoal(visitor);
    const version = versionIn(await visitor.get(path));
    await autosave(visitor, path, { ...WHOLE, why: 'Tab A' }, version);
    const choice = await visitor.post(path, { ...WHOLE, why: 'Tab B', _version: version });
    expect(choice.status).toBe(409);
    expect(choice.text).toContain('Two versions of your goal');
    expect(choice.text).toContain('Tab A');
    expect(choice.text).toContain('Tab B');
    const fields = [...choice.text.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g)]
      .map((match) => [match[1] ?? '', match[2] ?? ''] as const)
      .filter(([name]) => name !== '_csrf' && name !== '_key');
    await visitor.post(path, { ...Object.fromEntries(fields), keep: 'mine' });
    expect((await goalOf(actor, path)).why).toBe('Tab B');
  });
});

describe('how it goes', () => {
  test('a tick is set and taken back, from the goal and from the plan', async () => {
    const { visitor, actor, path } = await sent('student10');
    const [step] = (await goalOf(actor, path)).steps;
    const url = `${path}/steps/${step?.id}`;
    const page = await visitor.get(path);
    expect(page.text).toContain(`action="${url}"`);
    const ticked = await visitor.post(url, { done: '1' });
    expect(ticked.path.split('#')[0]).toBe(path);
    expect((await goalOf(actor, path)).steps[0]?.doneAt).toBeInstanceOf(Date);
    expect((await visitor.post(`${url}?from=plan`, { done: '0' })).path).toBe(paths.plan);
    expect((await goalOf(actor, path)).steps[0]?.doneAt).toBeNull();
  });

  test('an update needs words or a number; a number moves the line', async () => {
    const { visitor, path } = await sent('student11');
    const page = await visitor.get(path);
    expect(page.text).toContain('Nothing measured yet.');
    const empty = await visitor.post(`${path}/check-ins`, { text: ' ', value: '' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('href="#text"');
    const wrong = await visitor.post(`${path}/check-ins`, { text: 'Two so far', value: 'two' });
    expect(wrong.text).toContain('href="#value"');
    expect(wrong.text).toContain('Two so far');
    const done = await visitor.post(`${path}/check-ins`, { text: 'It grips!', value: '1,5' });
    expect(done.text).toContain('1.5 things. It grips!');
    expect(done.text).toContain('Now 1.5 things: 50% of the way to 3.');
  });

  test('a comment reaches the plan, an empty one is asked for', async () => {
    const { visitor, path } = await sent('student12');
    await visitor.get(path);
    const empty = await visitor.post(`${path}/comments`, { comment: '' });
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('href="#comment"');
    const said = await visitor.post(`${path}/comments`, { comment: 'Can I change the date?' });
    expect(said.text).toContain('Can I change the date?');
  });

  test('letting go needs a reason, keeps the goal, and twice is once', async () => {
    const { visitor, actor } = await student('student13');
    const path = await newGoal(visitor);
    await visitor.get(path);
    const asked = await visitor.post(`${path}/drop`, { reason: '' });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('href="#reason"');
    for (let time = 0; time < 2; time += 1)
      expect((await visitor.post(`${path}/drop`, { reason: 'I like boats more' })).path).toBe(paths.goals);
    expect(await goalOf(actor, path)).toMatchObject({ status: 'dropped', outcome: 'I like boats more' });
    const list = await visitor.get(paths.goals);
    expect(list.text).toContain('Goals that have ended');
    expect((await visitor.get(path)).text).not.toContain('data-autosave');
  });
});

describe('by the state of the plan', () => {
  test('a sent plan is read-only and says why; ticks and updates stay possible', async () => {
    const { visitor, actor, path } = await sent('student14');
    const page = await visitor.get(`${path}?edit=1`);
    expect(page.text).toContain('You cannot change the goal now');
    expect(page.text).toContain('This plan is sent to the advisor, so it cannot be edited now.');
    expect(page.text).not.toContain('data-autosave');
    expect((await visitor.get(paths.newGoal)).text).not.toContain('name="statement"');
    const refused = await visitor.post(path, { ...WHOLE, _version: '1' });
    expect(refused.status).toBe(409);
    expect((await autosave(visitor, path, WHOLE, 1)).status).toBe(409);
    expect((await goalOf(actor, path)).statement).toBe(aGoalForm().statement);
    expect((await visitor.post(`${path}/check-ins`, { text: 'Going well', value: '' })).status).toBe(200);
  });

  test('a plan in use says beforehand that a change of the goal needs a new approval', async () => {
    const { visitor, actor, path } = await sent('student15', true);
    const page = await visitor.get(path);
    expect(page.text).not.toContain('data-autosave');
    expect(page.text).toContain(`href="${path}?edit=1"`);
    const form = await visitor.get(`${path}?edit=1`);
    expect(form.text).toContain('your plan needs a new approval');
    const goal = await goalOf(actor, path);
    const ids = Object.fromEntries(goal.steps.map(({ id }, row) => [`steps.${row}.id`, id]));
    await visitor.post(path, { ...WHOLE, ...ids, finished: '1', _version: versionIn(form) });
    expect((await planOf(actor)).state).toBe('amending');
    expect((await visitor.get(`${path}?edit=1`)).text).toContain('Your plan is being changed');
  });

  test('an agreed goal is closed with what came of it', async () => {
    const { visitor, actor, path } = await sent('student16', true);
    await visitor.get(path);
    const asked = await visitor.post(`${path}/close`, { words: 'Nearly' });
    expect(asked.status).toBe(422);
    expect(asked.text).toContain('<a href="#outcome">Choose how it ended.</a>');
    const closed = await visitor.post(`${path}/close`, { outcome: 'achievePartly', words: 'Two of three' });
    expect(closed.text).toContain('Partly reached');
    expect(closed.text).toContain('Two of three');
    expect(await goalOf(actor, path)).toMatchObject({ status: 'partly', outcome: 'Two of three' });
    expect((await visitor.post(`${path}/close`, { outcome: 'achievePartly', words: '' })).status).toBe(200);
  });
});

test.each([
  ['student18', 404],
  ['advisor1', 403],
])('somebody else’s goal is not there for %s', async (key, status) => {
  const { path } = await sent(key === 'student18' ? 'student17' : 'student19');
  const visitor = await school.as(key);
  const missing = await visitor.get(path);
  expect(missing.status).toBe(status);
  const csrf = /name="csrf-token" content="([^"]+)"/.exec(missing.text)?.[1] ?? '';
  expect((await visitor.post(path, WHOLE, { csrf })).status).toBe(status);
  expect((await visitor.post(`${path}/check-ins`, { text: 'x', value: '' }, { csrf })).status).toBe(status);
  expect((await visitor.get(paths.goal('nonsense'))).status).toBeGreaterThanOrEqual(403);
});
