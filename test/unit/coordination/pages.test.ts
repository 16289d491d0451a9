import { describe, expect, test } from 'vitest';
import { coordinationPage } from '../../../src/coordination/coordination.page.ts';
import { emptyCoordination, OTHER_PLANS, otherPlan } from '../../../src/coordination/coordination.ts';
import { textsOf } from '../../../src/coordination/coordinationForm.ts';
import { staffCoordinationPage } from '../../../src/coordination/coordinationStaff.page.ts';
import { explainPage } from '../../../src/coordination/explain.page.ts';
import { aGoal, anId, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const RAW = /<script>alert|<b x=/;
const goal = aGoal({ statement: HOSTILE });
const known = {
  ...emptyCoordination(anId(), anId()),
  plans: OTHER_PLANS.map((kind) =>
    kind === 'iep'
      ? {
          kind,
          exists: 'yes' as const,
          where: 'https://files.example.org/x',
          askName: HOSTILE,
          askRole: HOSTILE,
          goals: [goal.id],
        }
      : { ...otherPlan({ plans: [] }, kind), exists: 'no' as const },
  ),
  checkedAt: NOW,
  checkedBy: anId(),
};

describe('other plans', () => {
  test('at first nobody has checked, and nothing is claimed', () => {
    const empty = emptyCoordination(anId(), anId());
    const html = renderPage(
      'coordination/show',
      coordinationPage(words, { coordination: empty, plan: { goals: [] }, checker: '' }),
    );
    expect(html).toContain('Nobody has checked this yet');
    expect(html.match(/Not known yet/g)).toHaveLength(5);
    expect(html).not.toContain('<form method="post" action="/plan');
  });

  test('tell the student where it is kept and whom to ask', () => {
    const html = renderPage(
      'coordination/show',
      coordinationPage(words, { coordination: known, plan: { goals: [goal] }, checker: HOSTILE }),
    );
    expect(html).toContain('href="https://files.example.org/x"');
    expect(html).toContain('rel="noopener noreferrer"');
    expect(html.match(/There is one/g)).toHaveLength(1);
    expect(html).not.toMatch(RAW);
  });

  test('have no long field for staff, and keep what was typed when it is refused', () => {
    const facts = {
      student: { id: anId(), name: HOSTILE },
      coordination: known,
      checker: 'Ms. Alvarez',
      goals: [goal],
    };
    const plain = renderPage('coordination/staff', staffCoordinationPage(words, facts));
    expect(plain).not.toContain('<textarea');
    expect(plain).not.toMatch(RAW);
    const typed = { ...textsOf(known), 'iep.where': 'Accommodations: extra time' };
    const problem = {
      fields: [{ field: 'iep.where', message: 'This looks like what is in that plan.' }],
      typed,
    };
    const html = renderPage('coordination/staff', staffCoordinationPage(words, facts, problem));
    expect(html).toContain('<a href="#iep.where">This looks like what is in that plan.</a>');
    expect(html).toContain('value="Accommodations: extra time"');
  });
});

describe('ILP and IEP', () => {
  const html = renderPage('coordination/explain', explainPage(words, true));

  test.each([
    'Purpose',
    'Legal framework',
    'Who has one',
    'What is in it',
    'Who makes it',
    'When it is looked at again',
    'Focus',
    'The family’s role',
    'Life after school',
  ])('are compared by: %s', (topic) => {
    expect(html).toContain(`<th role="rowheader" scope="row">${topic}</th>`);
  });

  test('names its sources, and is no legal advice', () => {
    expect(html).toContain('34 CFR 300.320 to 300.324');
    expect(html).toContain('34 CFR Part 104');
    expect(html).toContain('no legal advice');
    expect(html).toContain('An ILP suits students with disabilities too');
  });

  test('stands alone for readers without a session', () => {
    expect(explainPage(words, false).layout).toBe('plain');
  });
});
