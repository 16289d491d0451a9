import { describe, expect, test } from 'vitest';
import type { Goal } from '../../../src/goals/goal.ts';
import { goalEditPage, type GoalEditing } from '../../../src/goals/goal.page.ts';
import { goalListPage, newGoalPage } from '../../../src/goals/goalList.page.ts';
import { GoalPost, inputsOf, pressedOn, typedFrom } from '../../../src/goals/goalPost.ts';
import { readGoal, readValue, settled, storedFor, type Reading } from '../../../src/goals/goalRead.ts';
import { goalShowPage, opensToWrite } from '../../../src/goals/goalShow.page.ts';
import { trackOf } from '../../../src/goals/goalTrack.page.ts';
import { differingWords } from '../../../src/goals/goalVersions.ts';

import type { PlanState } from '../../../src/plans/plan.ts';
import { paths } from '../../../src/shared/paths.ts';
import { aGoal, anId, aPlan, later, NOW, outcomeOf } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';
import type { GoalFacts } from '../../../src/goals/goalFacts.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const ADVISOR = anId();

function facts(goal: Goal, overrides: Partial<GoalFacts> & { state?: PlanState } = {}): GoalFacts {
  const { state = 'draft', ...rest } = overrides;
  return {
    plan: aPlan({ goals: [goal], state }),
    goal,
    sets: [],
    serving: [],
    comments: [],
    names: new Map([[ADVISOR, 'Ottilie Brannigan']]),
    advisors: ['Ottilie Brannigan'],
    viewer: anId(),
    zone: 'America/Chicago',
    now: NOW,
    ...rest,
  };
}

function edited(goal: Goal, editing: GoalEditing = {}, overrides: Parameters<typeof facts>[1] = {}): string {
  return renderPage('goals/edit', goalEditPage(words, facts(goal, overrides), editing));
}

/** A comment an advisor left on the goal. */
function comment(goal: Goal, text: string): GoalFacts['comments'][number] {
  const base = { id: anId(), institution: anId(), plan: anId(), person: anId(), replyTo: null };
  const section = `goal:${goal.id}` as const;
  return { ...base, section, author: ADVISOR, authorRole: 'advisor', text, at: NOW, visibility: 'plan' };
}

/** What a page with this goal would post, changed by a person. */
function posted(goal: Goal, changes: Record<string, string> = {}, version = goal.version) {
  const raw = { ...inputsOf(typedFrom(goal)), _version: String(version), ...changes };
  return GoalPost.parse(raw);
}

const read = (goal: Goal, changes: Record<string, string>, reading: Reading = 'draft') =>
  readGoal(posted(goal, changes), goal, reading);

describe('the goal form', () => {
  test('asks each question with who sees the answer, and counts what is ready', () => {
    const html = edited(aGoal());
    for (const id of ['statement', 'why', 'baseline', 'measure', 'by', 'steps.0.title', 'supports.0.who'])
      expect(html).toContain(`<label for="${id}">`);
    expect(html).toContain('You, Ottilie Brannigan and family');
    expect(html).toContain('You and Ottilie Brannigan');
    expect(html).toContain('7 of 7 parts are ready');
    expect(html).toContain('data-version="1"');
  });

  test('tells the time of the last save on the day itself only', () => {
    expect(goalEditPage(words, facts(aGoal())).savedAt).not.toBeNull();
    expect(goalEditPage(words, facts(aGoal(), { now: later(3 * 24 * 60) })).savedAt).toBeNull();
  });

  test('names nobody where several advise, or nobody does', () => {
    expect(edited(aGoal(), {}, { advisors: ['A B', 'C D'] })).toContain('You and your advisors');
    expect(edited(aGoal(), {}, { advisors: [] })).toContain('Your advisor reads it when you send your plan.');
  });

  test('offers an empty row where there is none, and one more when asked', () => {
    const empty = goalEditPage(words, facts(aGoal({ steps: [], supports: [] })));
    expect([empty.steps.length, empty.supports.length]).toEqual([1, 1]);
    const more = goalEditPage(words, facts(aGoal()), { blank: 'steps' });
    expect(more.steps.map(({ title }) => title)).toEqual(['Join the robotics club', 'Order parts', '']);
    expect(more.steps.map(({ isFirst, isLast }) => [isFirst, isLast])).toEqual([
      [true, false],
      [false, false],
      [false, true],
    ]);
  });

  test('marks the one step to do next', () => {
    const goal = aGoal();
    const steps = goal.steps.map((step, row) => ({ ...step, doneAt: row === 0 ? NOW : null }));
    const page = goalEditPage(words, facts({ ...goal, steps }));
    expect(page.steps.map(({ state }) => state)).toEqual(['done', 'now']);
  });

  test('with problems links each to its field and says the same beside it', () => {
    const goal = aGoal({ steps: [] });
    const problems = [
      { field: 'measure', message: 'Say how.' },
      { field: 'steps', message: 'Add one.' },
    ];
    const html = edited(goal, { typed: { ...typedFrom(goal), measure: '' }, problems });
    expect(html).toContain('<title>Error: Edit my career goal | Waymark</title>');
    expect(html).toContain('Fix these 2 things to finish your goal.');
    expect(html).toContain('<a href="#measure">Say how.</a>');
    expect(html).toContain('<a href="#steps.0.title">Add one.</a>');
    expect(html).toMatch(/id="steps\.0\.title"[^>]*aria-describedby="steps\.0\.title-e"/);
    expect(html).toContain('5 of 7 parts are ready');
  });

  test('says what the advisor asked for, and what a change means in a plan in use', () => {
    const goal = aGoal({ asked: true });
    const asked = edited(goal, {}, { comments: [comment(goal, 'Add a first step.')] });
    expect(asked).toContain('Ottilie Brannigan asked for a change');
    expect(asked).toContain('Add a first step.');
    expect(edited(aGoal({ status: 'agreed' }), {}, { state: 'active' })).toContain('needs a new approval');
    expect(edited(aGoal(), {}, { state: 'draft' })).not.toContain('needs a new approval');
  });

  test('prints hostile words as words', () => {
    const goal = aGoal({
      statement: HOSTILE,
      why: HOSTILE,
      strategies: HOSTILE,
      target: { from: 0, to: 3, unit: HOSTILE },
      supports: [{ what: HOSTILE, who: HOSTILE }],
      steps: [{ id: anId(), title: HOSTILE, due: null, doneAt: null }],
      checkIns: [{ id: anId(), at: NOW, by: ADVISOR, text: HOSTILE, value: 1 }],
    });
    const hostile = { comments: [comment(goal, HOSTILE)], advisors: [HOSTILE] };
    const pages = [
      edited(goal, {}, hostile),
      renderPage('goals/show', goalShowPage(words, facts(goal, hostile))),
    ];
    for (const html of pages) expect(html).not.toMatch(/<script>|<b x=/);
  });
});

describe('reading the form', () => {
  test('gives back what it shows', () => {
    const goal = aGoal();
    const { id: _id, ...same } = { ...read(goal, { finished: '1' }), id: goal.id };
    expect(same).toMatchObject({
      statement: goal.statement,
      target: goal.target,
      by: goal.by,
      finished: true,
    });
    expect(same.steps.map(({ id }) => id)).toEqual(goal.steps.map(({ id }) => id));
    expect(same.supports).toEqual(goal.supports);
  });

  test('takes one kind of line end, one line of a title, and a comma in a number', () => {
    const form = read(aGoal(), { why: 'One\r\nTwo', 'steps.0.title': 'Join\r\n the club', targetTo: '2,5' });
    expect(form.why).toBe('One\nTwo');
    expect(form.steps[0]?.title).toBe('Join the club');
    expect(form.target?.to).toBe(2.5);
  });

  test('a row without an id that was saved a moment ago is that step', () => {
    const goal = aGoal();
    const unnamed = { 'steps.1.id': '', 'steps.1.title': 'Order parts by mail' };
    expect(read(goal, unnamed).steps[1]).toMatchObject({
      id: goal.steps[1]?.id,
      title: 'Order parts by mail',
    });
    const stale = readGoal(posted(goal, unnamed, 0), goal, 'draft');
    expect(stale.steps.map(({ id }) => id)).toEqual([goal.steps[0]?.id, goal.steps[1]?.id, null]);
  });

  test('a step that this page does not know stays in its place', () => {
    const goal = aGoal();
    const [first, second] = goal.steps;
    const known = { ...goal, steps: second ? [second] : [] };
    const form = readGoal(posted(known, {}), goal, 'draft');
    expect(form.steps.map(({ id }) => id)).toEqual([first?.id, second?.id]);
  });

  test('a step whose words were taken out keeps them in a draft, and is asked for when saved', () => {
    const goal = aGoal();
    expect(read(goal, { 'steps.0.title': '' }).steps[0]?.title).toBe('Join the robotics club');
    expect(outcomeOf(() => read(goal, { 'steps.0.title': '' }, 'whole'))).toBe('Invalid');
    expect(read(goal, { do: 'remove.steps.0' }).steps.map(({ id }) => id)).toEqual([goal.steps[1]?.id]);
  });

  test.each([
    [{ targetTo: 'many' }, 'draft', 'Invalid'],
    [{ targetTo: '' }, 'whole', 'Invalid'],
    [{ targetTo: '', targetFrom: '', targetUnit: '' }, 'whole', null],
    [{ targetTo: '' }, 'draft', null],
  ] as const)('a target of %j in a %s form is %s', (changes, reading, expected) => {
    expect(outcomeOf(() => read(aGoal(), changes, reading).target)).toBe(expected);
  });

  test('buttons move and remove rows; a move beyond the end does nothing', () => {
    const typed = typedFrom(aGoal());
    const order = (button: Parameters<typeof pressedOn>[1]) =>
      pressedOn(typed, button).steps.map(({ title }) => title);
    expect(order({ kind: 'up', list: 'steps', row: 1 })).toEqual(['Order parts', 'Join the robotics club']);
    expect(order({ kind: 'down', list: 'steps', row: 1 })).toEqual(['Join the robotics club', 'Order parts']);
    expect(order({ kind: 'remove', list: 'steps', row: 0 })).toEqual(['Order parts']);
    expect(pressedOn(typed, { kind: 'remove', list: 'supports', row: 0 }).supports).toEqual([]);
  });

  test('empty rows are not shown again', () => {
    const goal = aGoal();
    const { typed } = posted(goal, { 'steps.2.id': '', 'steps.2.title': '', 'steps.2.due': '' });
    expect(typed.steps).toHaveLength(3);
    expect(settled({ typed, button: { kind: 'save' }, version: 1 }, goal).steps).toHaveLength(2);
  });

  test('what is stored comes by the names of the page that asks: a removed step is empty', () => {
    const goal = aGoal();
    const without = { ...goal, steps: goal.steps.slice(1), why: 'New' };
    expect(storedFor(posted(goal), without)).toMatchObject({
      why: 'New',
      'steps.0.title': '',
      'steps.1.title': 'Order parts',
      'supports.0.who': 'Robotics teacher',
    });
  });

  test('the number of an update is a number, or none', () => {
    expect([readValue(''), readValue(' 3 '), readValue('-1,5')]).toEqual([null, 3, -1.5]);
    expect(outcomeOf(() => readValue('three'))).toBe('Invalid');
  });

  test('two versions are told where they differ', () => {
    const both = differingWords(words, { why: 'A', by: '2027-01-01' }, { why: '', by: '2027-01-01' });
    expect(both).toEqual({
      mine: 'Why it matters to me\nA',
      theirs: 'Why it matters to me\nNothing written',
    });
  });
});

describe('a goal to read', () => {
  test.each([
    ['draft', 'proposed', false, true],
    ['draft', 'proposed', true, true],
    ['submitted', 'proposed', true, false],
    ['in_review', 'proposed', true, false],
    ['active', 'in_progress', false, false],
    ['active', 'in_progress', true, true],
    ['active', 'achieved', true, false],
    ['amending', 'agreed', false, false],
    ['on_hold', 'proposed', true, false],
  ] as const)(
    'in a plan that is %s, a goal that is %s, asked to edit: %s',
    (state, status, asks, expected) => {
      const goal = aGoal({ status });
      expect(opensToWrite({ plan: aPlan({ goals: [goal], state }), goal }, asks)).toBe(expected);
    },
  );

  test.each([
    ['submitted', 'This plan is sent to the advisor, so it cannot be edited now.', true],
    ['in_review', 'This plan is in review, so it cannot be edited now.', false],
  ] as const)('says why it is closed while the plan is %s', (state, why, back) => {
    const html = renderPage('goals/show', goalShowPage(words, facts(aGoal(), { state })));
    expect(html).toContain(why);
    expect(html).toContain('You can still tick steps and add updates.');
    expect(html.includes('You can take your plan back')).toBe(back);
    expect(html).toContain(`action="${paths.goal('').slice(0, -1)}/`);
    expect(html).not.toContain('Let this goal go');
  });

  test('that has ended shows what came of it, and nothing to do', () => {
    const goal = aGoal({ status: 'partly', outcome: 'Two of three' });
    const { track, change, notices } = goalShowPage(words, facts(goal, { state: 'active' }));
    expect([track.update, track.close, track.drop, change]).toEqual([null, null, null, null]);
    expect(track.steps.every(({ action }) => !action)).toBe(true);
    expect(notices).toMatchObject([{ title: 'Partly reached', quote: 'Two of three' }]);
  });

  test('draws the line of its numbers, with the same in words', () => {
    const checkIns = [
      { id: anId(), at: later(60), by: ADVISOR, text: '', value: 1 },
      { id: anId(), at: later(120), by: ADVISOR, text: 'Half way', value: 1.5 },
    ];
    const goal = aGoal({ checkIns });
    const { line, updates } = trackOf(words, facts(goal, { now: later(180) }));
    expect(line?.words).toMatch(/^Now 1\.5 things: 50% of the way to 3\./);
    expect(line?.dots).toHaveLength(3);
    expect(line?.target.y).toBe(24);
    expect(line?.dots.map(({ y }) => y)).toEqual([108, 80, 66]);
    expect(updates.map(({ text }) => text)).toEqual(['1.5 things. Half way', '1 things.']);
    expect(trackOf(words, facts(aGoal({ target: null }))).line).toBeNull();
  });

  test('says a number that has no unit as a number', () => {
    const target = { from: null, to: 20, unit: '' };
    const checkIns = [{ id: anId(), at: later(60), by: ADVISOR, text: '', value: 5 }];
    const wordsOf = (goal: Goal) => trackOf(words, facts(goal, { now: later(180) }));
    expect(wordsOf(aGoal({ target })).line?.words).toMatch(/ starts the line to 20\.$/);
    const counted = wordsOf(aGoal({ target, checkIns }));
    expect(counted.line?.words).toMatch(/^Now 5: 25% of the way to 20\./);
    expect(counted.updates.map(({ text }) => text)).toEqual(['5.']);
  });

  test('says of every field who reads it', () => {
    const { track } = goalShowPage(words, facts(aGoal({ status: 'agreed' }), { state: 'active' }));
    const { update, close, drop, talk } = track;
    for (const field of [update?.text, close?.words, drop?.reason, talk.field])
      expect(field?.sees).toBe('You and Ottilie Brannigan');
    expect(goalEditPage(words, facts(aGoal())).fields.kind.sees).toBe('You, Ottilie Brannigan and family');
  });
});

describe('the list of goals', () => {
  const listed = (goals: Goal[], state: PlanState = 'draft') =>
    goalListPage(words, { ...facts(aGoal()), plan: aPlan({ goals, state }) });

  test('shows a card for each, the next step marked, and what has ended below', () => {
    const over = aGoal({ status: 'dropped', statement: 'Learn to sail', outcome: 'No boat' });
    const page = listed([aGoal(), over]);
    expect(page.cards).toMatchObject([
      { done: 0, total: 2, status: { label: 'Ready for Ottilie Brannigan' } },
    ]);
    expect(page.cards[0]?.steps.map(({ state }) => state)).toEqual(['now', 'todo']);
    expect(page.over?.rows).toMatchObject([{ label: 'Learn to sail', hint: 'No boat' }]);
    expect(renderPage('goals/list', page)).toContain('The next step of each goal is marked.');
  });

  test('offers a first goal, but none while the plan is being read', () => {
    expect(listed([]).none?.title).toBe('No goal yet');
    expect(listed([]).add?.href).toBe(paths.newGoal);
    const closed = listed([], 'in_review');
    expect(closed.add).toBeNull();
    expect(renderPage('goals/list', closed)).toContain('You cannot change the goal now');
  });

  test('a new goal says beforehand that a plan in use needs a new approval', () => {
    const page = (state: PlanState) => newGoalPage(words, facts(aGoal(), { state }));
    expect(page('active').notice?.text).toContain('needs a new approval');
    expect(page('draft').notice).toBeNull();
    expect(page('submitted').form).toBeNull();
    expect(renderPage('goals/new', page('active'))).toContain('Save and go on');
  });
});
