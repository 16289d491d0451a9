import { describe, expect, test } from 'vitest';
import {
  askNames,
  coordinationStanding,
  emptyCoordination,
  LIMITS,
  noneOfThese,
  OTHER_PLANS,
  otherPlan,
  type OtherPlan,
} from '../../../src/coordination/coordination.ts';
import { coordinationLines } from '../../../src/coordination/coordination.part.ts';
import { checked, CoordinationPost, textsOf } from '../../../src/coordination/coordinationForm.ts';
import { linkOf, refusedPlace, refusedText } from '../../../src/coordination/pasted.ts';
import { Invalid } from '../../../src/shared/errors.ts';
import { anId } from '../../support/build.ts';
import { words } from '../views/render.ts';

export function anOtherPlan(overrides: Partial<OtherPlan> = {}): OtherPlan {
  return {
    kind: 'iep',
    exists: 'yes',
    where: 'Student services, room 112',
    askName: 'Dana Whitfield',
    askRole: 'Case manager',
    goals: [],
    ...overrides,
  };
}

const others = (...plans: OtherPlan[]): OtherPlan[] =>
  OTHER_PLANS.map((kind) => plans.find((one) => one.kind === kind) ?? otherPlan({ plans: [] }, kind));

function problemsOf(plan: Partial<OtherPlan>): string[] {
  try {
    checked(others(anOtherPlan(plan)));
    return [];
  } catch (error) {
    return error instanceof Invalid ? error.fields.map(({ field }) => field) : ['?'];
  }
}

describe('a place, a name and a role', () => {
  test.each([
    'Student services, room 112, blue cabinet',
    'District special education office',
    'Counseling center: second floor',
    'Main office; ask at the desk',
    'Ms. Alvarez (Mon/Wed)',
    'School nurse',
    'Speech-language pathologist',
    '504 coordinator',
  ])('can stand: %s', (text) => expect(refusedText(text, LIMITS.where)).toBeNull());

  test.each([
    ['Accommodations: extended time on tests', 'content'],
    ['accommodation: preferential seating', 'content'],
    ['Student will read 90 words a minute', 'content'],
    ['Speech 30 minutes per week', 'content'],
    ['Present levels in math', 'content'],
    ['Goals: reads at grade level', 'content'],
    ['ADHD', 'content'],
    ['peanut allergy', 'content'],
    ['takes medication at noon', 'content'],
    ['• quiet room • breaks', 'list'],
    ['breaks; quiet room; large print', 'list'],
    ['Room 112\nand a quiet room', 'lines'],
    ['x'.repeat(101), 'long'],
  ])('is refused: %s', (text, why) => expect(refusedText(text, LIMITS.where)).toBe(why));

  test('the border of the length is in', () => {
    expect(refusedText('x'.repeat(LIMITS.where), LIMITS.where)).toBeNull();
  });

  test('a long text is judged in no time', () => {
    const started = performance.now();
    for (const piece of ['student ', 'a;', '• ', 'goals ', ' '])
      refusedText(piece.repeat(20_000 / piece.length), LIMITS.where);
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('a link', () => {
  test.each(['https://files.example.org/students', 'www.example.org/plans'])(
    'by https is kept: %s',
    (link) => {
      expect(refusedPlace(link, LIMITS)).toBeNull();
      expect(linkOf(link)).toMatch(/^https:\/\//);
    },
  );

  test.each([
    'http://example.org/iep',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://user:pw@example.org/',
    'ftp://example.org/x',
  ])('of another kind is refused: %s', (link) => {
    expect(refusedPlace(link, LIMITS)).toBe('link');
    expect(linkOf(link)).toBeNull();
  });

  test('of more than its length is refused', () => {
    expect(refusedPlace(`https://example.org/${'a'.repeat(LIMITS.link)}`, LIMITS)).toBe('long');
  });
});

describe('what staff say', () => {
  test('names where and whom for a plan that exists; a role is optional', () => {
    expect(problemsOf({})).toEqual([]);
    expect(problemsOf({ askRole: '' })).toEqual([]);
    expect(problemsOf({ where: '', askName: ' ' })).toEqual(['iep.where', 'iep.askName']);
  });

  test('keeps nothing about a plan that does not exist, and still refuses pasted content', () => {
    const [iep] = checked(others(anOtherPlan({ exists: 'no' })));
    expect(iep).toEqual({ kind: 'iep', exists: 'no', where: '', askName: '', askRole: '', goals: [] });
    expect(problemsOf({ exists: 'no', where: 'Accommodations: extra time' })).toEqual(['iep.where']);
  });

  test('says why it is refused', () => {
    const wrong = () => checked(others(anOtherPlan({ askRole: 'Extended time on tests' })));
    expect(wrong).toThrow(/looks like what is in that plan/);
  });

  test('comes flat from the browser, ticks as a word or a list, and goes back as text', () => {
    const goals = [anId(), anId()];
    const sent = CoordinationPost.parse({
      'iep.exists': 'yes',
      'iep.where': 'Room 112',
      'iep.askName': 'Dana',
      'iep.goals': goals,
      'other.goals': goals[0],
      _version: '3',
    });
    expect(sent.version).toBe(3);
    expect(sent.plans).toHaveLength(OTHER_PLANS.length);
    expect(sent.plans[0]).toMatchObject({ kind: 'iep', exists: 'yes', goals });
    expect(sent.plans[4]).toMatchObject({ kind: 'other', exists: 'unknown', goals: [goals[0]] });
    const again = CoordinationPost.parse({ ...textsOf({ plans: sent.plans }), _version: '3' });
    expect(again.plans).toEqual(sent.plans);
  });

  test('has no field for anything else', () => {
    expect(CoordinationPost.safeParse({ 'iep.notes': 'Reads slowly' }).success).toBe(false);
  });
});

describe('the component', () => {
  test('is empty, begun, and whole when each kind is answered', () => {
    expect(coordinationStanding(emptyCoordination(anId(), anId()))).toMatchObject({
      credit: 0,
      verified: false,
    });
    const one = { plans: others(anOtherPlan()) };
    expect(coordinationStanding(one)).toMatchObject({ credit: 0.2, verified: false });
    expect(coordinationStanding({ plans: noneOfThese() })).toMatchObject({ credit: 1, verified: true });
  });
});

describe('in review, snapshot and print', () => {
  test('only that another plan exists and whom to ask: not which, and not where', () => {
    const plans = others(
      anOtherPlan({ goals: [anId()] }),
      anOtherPlan({ kind: 'health', where: 'Nurse’s office' }),
      anOtherPlan({ kind: 'english', askName: 'Lee Park' }),
    );
    const lines = coordinationLines(words, { plans });
    expect(lines).toEqual([
      {
        id: 'exists',
        label: 'Other plans',
        text: 'Another plan exists; ask Dana Whitfield and Lee Park.',
        material: false,
        audience: 'family',
      },
    ]);
    expect(askNames({ plans })).toEqual(['Dana Whitfield', 'Lee Park']);
  });

  test('nothing where there is none', () => {
    expect(coordinationLines(words, { plans: noneOfThese() })).toEqual([]);
    expect(coordinationLines(words, { plans: [] })).toEqual([]);
  });
});
