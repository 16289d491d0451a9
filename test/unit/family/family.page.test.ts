import { describe, expect, it } from 'vitest';
import { familyPlan, familyState } from '../../../src/family/family.ts';
import { familyListPage, familyPage, type FamilyFacts } from '../../../src/family/family.page.ts';
import { starter } from '../../../src/plans/framework.ts';
import { PLAN_MOVES } from '../../../src/plans/transition.ts';
import { emptyProfile, type Plan } from '../../../src/plans/plan.ts';
import { aGoal, anId, aPart, aPlan, aWholePlan, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const facts = (plan: Plan | null, overrides: Partial<FamilyFacts> = {}): FamilyFacts => ({
  child: { name: 'Maya Okafor', given: 'Maya' },
  plan,
  framework: starter,
  parts: [],
  advisors: [{ name: 'Rosa Alvarez', course: 'Advisory' }],
  ...overrides,
});
const html = (plan: Plan | null): string => renderPage('family/show', familyPage(words, facts(plan)));

describe('what a family may read', () => {
  const draft = aPart({ text: 'Not finished, not for anybody yet.', finished: false });

  it('is what the student has finished', () => {
    const plan = aPlan({
      profile: { ...emptyProfile(), strengths: aPart(), improvements: draft, interests: draft },
      goals: [aGoal(), aGoal({ finished: false }), aGoal({ status: 'dropped' })],
    });
    expect(familyPlan(plan).texts).toEqual([
      { key: 'strengths', text: 'I explain things well.' },
      { key: 'improvements', text: null },
      { key: 'interests', text: null },
    ]);
    expect(familyPlan(plan).goals).toHaveLength(1);
    expect(html(plan)).not.toContain('Not finished, not for anybody yet.');
    expect(html(plan)).toContain('Maya is still writing this.');
  });

  it('is all that an advisor approved, but no goal that was let go or is a proposal still', () => {
    const agreed = aGoal({ status: 'agreed', agreedRevision: 1, finished: false });
    const plan = aWholePlan({
      state: 'active',
      goals: [agreed, aGoal({ finished: false }), aGoal({ status: 'dropped' })],
    });
    expect(familyPlan(plan).goals).toEqual([agreed]);
  });
});

describe('the family’s page', () => {
  it('greets with where the plan is and what comes next', () => {
    const page = familyPage(words, facts(aWholePlan({ state: 'submitted', submittedAt: NOW })));
    expect(page.headline).toBe('Maya has sent the plan to school.');
    expect(page.next.items.map(({ what }) => what)).toEqual([
      'An advisor reads the plan',
      'The answer comes back to Maya',
    ]);
    expect(page.path?.nodes.map(({ state }) => state)).toEqual(['done', 'current', 'todo']);
  });

  it('names the open steps of a plan in use', () => {
    const page = familyPage(words, facts(aWholePlan({ state: 'active' })));
    expect(page.next.items[0]).toMatchObject({
      what: 'Maya: Join the robotics club',
      when: 'By Monday, October 12',
      isNow: true,
    });
    expect(page.ring).not.toBeNull();
  });

  it('tells a goal in plain words: steps, why, who helps', () => {
    const text = html(aWholePlan());
    expect(text).toContain('0 of 2 steps done');
    expect(text).toContain('Now: Join the robotics club, by October 12, 2026');
    expect(text).toContain('Robotics teacher: Open the lab on Tuesdays');
    expect(text).toContain('By March 14, 2027');
    expect(text).not.toContain('<table');
    expect(text.slice(0, text.indexOf('<footer'))).not.toContain('<form');
  });

  it('names help that nobody was named for', () => {
    const goal = aGoal({ supports: [{ what: 'A quiet place', who: '' }] });
    expect(html(aWholePlan({ goals: [goal] }))).toContain('A quiet place');
  });

  it('says what will be here while nothing has begun', () => {
    for (const plan of [null, aPlan({ state: 'not_started' })]) {
      const text = html(plan);
      expect(text).toContain('Maya has not started the plan yet.');
      expect(text).not.toContain('The plan in plain words');
    }
  });

  it('has words for every state a plan can be in', () => {
    const states = Object.values(PLAN_MOVES).flatMap(({ from, to }) => [...from, to]);
    for (const state of states) {
      if (state === 'sentFrom' || state === 'resumeTo') continue;
      const resumeTo = ['on_hold', 'transferred', 'waived'].includes(state) ? ('draft' as const) : null;
      const plan = aWholePlan({ state, resumeTo });
      expect(html(plan)).toContain('<h1');
      expect(familyState(plan) === 'aside').toBe(resumeTo !== null);
    }
  });

  it('prints the student’s words as words', () => {
    const text = `"><script>alert(1)</script>`;
    const plan = aWholePlan({
      profile: {
        ...emptyProfile(),
        strengths: aPart({ text }),
        improvements: aPart({ text }),
        interests: aPart({ text }),
      },
      goals: [aGoal({ statement: text, why: text })],
    });
    expect(html(plan)).not.toContain('<script>alert');
  });
});

describe('a family’s children', () => {
  it('are listed with one sentence each', () => {
    const person = anId();
    const page = familyListPage(words, [
      { person, name: 'Maya Okafor', given: 'Maya', plan: aPlan() },
      { person: anId(), name: 'Sam', given: '', plan: null },
    ]);
    const text = renderPage('family/list', page);
    expect(text).toContain(`href="/family/${person}"`);
    expect(text).toContain('Sam has not started the plan yet.');
  });

  it('are none, and the page says how they get there', () => {
    expect(renderPage('family/list', familyListPage(words, []))).toContain('No child is linked to you yet');
  });
});
