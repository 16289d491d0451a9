import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { skillFormPage } from '../../../src/skills/skillForm.page.ts';
import { shownByIn } from '../../../src/skills/shownBy.ts';
import { skillListPage } from '../../../src/skills/skillList.page.ts';
import { skillOverviewPage, studentSkillsPage } from '../../../src/skills/skillOverview.page.ts';
import {
  isWithinLimit,
  latestIn,
  latestOf,
  LEVELS,
  nextUnrated,
  rated,
  SKILL_KEYS,
  SKILL_LIMITS,
  skillStandings,
  type Rating,
  type Said,
  type SkillKey,
  type SkillRecord,
} from '../../../src/skills/skill.ts';
import { aGoal, anId, aPlan, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const RAW = /<script>alert|<b x=/;
const DAY = 86_400_000;

function aRating(overrides: Partial<Rating> = {}): Rating {
  return {
    id: anId(),
    level: 2,
    example: 'I explained my robot.',
    year: 2026,
    at: NOW,
    by: anId(),
    ...overrides,
  };
}

function aRecord(
  skill: SkillKey,
  ratings: Rating[] = [aRating()],
  overrides: Partial<SkillRecord> = {},
): SkillRecord {
  return {
    id: anId(),
    institution: anId(),
    person: anId(),
    skill,
    goals: [],
    how: '',
    ratings,
    ...overrides,
  };
}

const said = (overrides: Partial<Said> = {}): Said => ({
  level: 3,
  example: 'I led the club.',
  goals: [],
  how: '',
  ...overrides,
});
const on = (days: number, year = 2026) => ({
  by: 'me',
  dayOf: (at: Date) => at.toISOString().slice(0, 10),
  year,
  now: new Date(NOW.getTime() + days * DAY),
  id: anId(),
});

describe('a rating', () => {
  test('is added to the history', () => {
    const after = rated(aRecord('teamwork'), said(), on(1));
    expect(after.ratings.map(({ level }) => level)).toEqual([2, 3]);
  });

  test('of the same day is changed, not added', () => {
    const first = aRating();
    const after = rated(aRecord('teamwork', [first]), said(), on(0));
    expect(after.ratings).toHaveLength(1);
    expect(after.ratings[0]).toMatchObject({ id: first.id, level: 3 });
  });

  test('of the same day in another school year is a new one', () => {
    const after = rated(aRecord('teamwork', [aRating({ year: 2025 })]), said(), on(0));
    expect(after.ratings.map(({ year }) => year)).toEqual([2025, 2026]);
  });

  test('that says the same in the same year is none, but its goals are kept', () => {
    const record = aRecord('teamwork', [aRating({ level: 3, example: 'I led the club.' })]);
    const after = rated(record, said({ goals: ['g1'], how: 'It helps.' }), on(9));
    expect(after.ratings).toBe(record.ratings);
    expect(after).toMatchObject({ goals: ['g1'], how: 'It helps.' });
  });

  test('that says the same in a new year counts for it', () => {
    const record = aRecord('teamwork', [aRating({ level: 3, example: 'I led the club.', year: 2025 })]);
    expect(rated(record, said(), on(300)).ratings).toHaveLength(2);
  });

  test('has a limit in one year', () => {
    const full = aRecord(
      'teamwork',
      Array.from({ length: SKILL_LIMITS.perYear }, () => aRating()),
    );
    expect(isWithinLimit(full, 2026)).toBe(true);
    expect(isWithinLimit(rated(full, said(), on(1)), 2026)).toBe(false);
    expect(isWithinLimit(rated(full, said(), on(400, 2027)), 2027)).toBe(true);
  });

  test('never loses an earlier day, whatever is said', () => {
    const aSaying = fc.record({
      level: fc.constantFrom(...LEVELS),
      example: fc.constantFrom('a', 'b'),
      day: fc.nat(5),
    });
    fc.assert(
      fc.property(fc.array(aSaying, { maxLength: 12 }), (sayings) => {
        let record = aRecord('teamwork', []);
        for (const { level, example, day } of sayings.toSorted((a, b) => a.day - b.day)) {
          const before = record.ratings;
          record = rated(record, said({ level, example }), on(day));
          expect(record.ratings.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
          expect(latestOf(record)).toMatchObject({ level, example });
        }
      }),
    );
  });
});

describe('what the ratings are worth', () => {
  const credit = (records: SkillRecord[], year = 2026): number => skillStandings(records, year)[0].credit;

  test('is the share of skills rated in the year, whole when each is', () => {
    expect(credit([])).toBe(0);
    expect(credit([aRecord('teamwork')])).toBe(0.1);
    expect(credit(SKILL_KEYS.slice(1).map((key) => aRecord(key)))).toBe(0.9);
    expect(credit(SKILL_KEYS.map((key) => aRecord(key)))).toBe(1);
  });

  test('is nothing in the next year, and a record without ratings is nothing', () => {
    expect(
      credit(
        SKILL_KEYS.map((key) => aRecord(key)),
        2027,
      ),
    ).toBe(0);
    expect(credit([aRecord('teamwork', [])])).toBe(0);
  });
});

test('the next skill is the first open one after this, round the list', () => {
  const records = [aRecord('communication'), aRecord('leadership')];
  expect(nextUnrated(records, 2026, null)).toBe('teamwork');
  expect(nextUnrated(records, 2026, 'adaptability')).toBe('teamwork');
  expect(
    nextUnrated(
      SKILL_KEYS.map((key) => aRecord(key)),
      2026,
      'planning',
    ),
  ).toBeNull();
  expect(latestIn(aRecord('teamwork'), 2025)).toBeNull();
});

describe('pages', () => {
  const plan = aPlan({ goals: [aGoal({ statement: `Build ${HOSTILE}` })] });
  const goal = plan.goals[0]?.id ?? '';

  test('every skill and each of its levels has words', () => {
    for (const skill of SKILL_KEYS) {
      const html = renderPage('skills/rate', skillFormPage(words, { plan, records: [], skill }));
      for (const level of LEVELS) expect(html).toContain(words.t(`skills.${skill}.level${level}`));
      expect(html).toContain(`<h1 dir="auto">${words.t(`skills.${skill}`)}</h1>`);
    }
  });

  test('the list begins with what to do, and then counts this year', () => {
    expect(renderPage('skills/list', skillListPage(words, { plan, records: [] }))).toContain(
      'You have not rated a skill yet.',
    );
    const records = [aRecord('communication'), aRecord('teamwork', [aRating({ year: 2025 })])];
    const html = renderPage('skills/list', skillListPage(words, { plan, records }));
    expect(html).toContain('1 of 10 rated this school year');
    expect(html).toContain('Still true?');
    expect(html).toContain('Go on: Working with others');
  });

  test('a skill rated last year has its level filled in and shows what was said', () => {
    const records = [
      aRecord('planning', [aRating({ year: 2025, level: 4, example: `Calendar ${HOSTILE}` })]),
    ];
    const html = renderPage('skills/rate', skillFormPage(words, { plan, records, skill: 'planning' }));
    expect(html).toMatch(/value="4" checked/);
    expect(html).toContain('you chose Strong and wrote');
    expect(html).toMatch(/<textarea[^>]+name="example"[^>]*>\n<\/textarea>/);
    expect(html).not.toMatch(RAW);
  });

  test('a skill rated this year shows its own words again, and how it grew', () => {
    const ratings = [
      aRating({ level: 1, year: 2025, at: new Date(NOW.getTime() - 300 * DAY) }),
      aRating({ level: 3 }),
    ];
    const html = renderPage(
      'skills/rate',
      skillFormPage(words, { plan, records: [aRecord('digital', ratings)], skill: 'digital' }),
    );
    expect(html).toContain('points="72,112 308,48"/>');
    expect(html).toMatch(/From Starting on December \d+, 2025 to Steady on October 5, 2026\./);
    expect(html).toMatch(/name="example"[^>]*>\nI explained my robot\.<\/textarea>/);
  });

  test('an error keeps what was typed', () => {
    const after = {
      typed: { level: '2', example: HOSTILE, goals: [goal], how: 'So' },
      problems: [{ field: 'example', message: 'Write one thing that shows it.' }],
    };
    const html = renderPage(
      'skills/rate',
      skillFormPage(words, { plan, records: [], skill: 'digital' }, after),
    );
    expect(html).toContain('<a href="#example">');
    expect(html).toMatch(new RegExp(`value="${goal}"[^>]* checked`));
    expect(html).not.toMatch(RAW);
  });

  test('without a goal nothing is asked about goals', () => {
    const html = renderPage(
      'skills/rate',
      skillFormPage(words, { plan: aPlan(), records: [], skill: 'digital' }),
    );
    expect(html).toContain('When you have a goal');
    expect(html).not.toContain('name="goals"');
  });

  test('the overview shows the range and what each skill does for a goal', () => {
    const grown = [aRating({ level: 1, year: 2025 }), aRating({ level: 4 })];
    const records = [aRecord('creativity', grown, { goals: [goal], how: HOSTILE }), aRecord('planning')];
    const things = ['Robot sketch', 'Poster', 'Song', HOSTILE].map((title) => ({
      title,
      skills: ['creativity'],
    }));
    const shownBy = shownByIn([...things, { title: 'Library helper', skills: ['leadership', 'odd'] }]);
    const html = renderPage('skills/overview', skillOverviewPage(words, { plan, records, shownBy }));
    expect(html).toContain('Shown by: Robot sketch, Poster, Song, and 1 more');
    expect(html).toContain('Shown by: Library helper');
    expect(html).toContain('x="12.5%" y="3" width="75%"');
    expect(html).toContain('cx="87.5%"');
    expect(html).toContain('From Starting to Strong');
    expect(html).toContain('Skills that are not tied to a goal');
    expect(html).not.toMatch(RAW);
    expect(html).not.toMatch(/ style=/);
  });

  test('the overview of a plan without goals leads to one; an advisor gets no links to write', () => {
    expect(
      renderPage(
        'skills/overview',
        skillOverviewPage(words, { plan: aPlan(), records: [], shownBy: shownByIn([]) }),
      ),
    ).toContain('Add a goal');
    const facts = { plan: { goals: [] }, records: [], shownBy: shownByIn([]), person: anId(), name: HOSTILE };
    const html = renderPage('skills/overview', studentSkillsPage(words, facts));
    expect(html).toContain('Nothing rated yet');
    expect(html).not.toMatch(RAW);
    expect(html).not.toContain('href="/plan/skills/');
  });
});
