import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Letter } from '../../../src/inventory/riasec.ts';
import { LIMITS, type Career, type Catalogue } from '../../../src/careers/career.ts';
import { careerLines } from '../../../src/careers/careers.part.ts';
import { clusterPage } from '../../../src/careers/cluster.page.ts';
import { comparePage } from '../../../src/careers/compare.page.ts';
import {
  careerStandings,
  choosing,
  dropping,
  emptyExploration,
  moving,
  savedOf,
  saving,
  type Exploration,
} from '../../../src/careers/exploration.ts';
import { explorePage } from '../../../src/careers/explore.page.ts';
import { PER_PAGE } from '../../../src/careers/exploreFind.page.ts';
import type { ExploreFacts } from '../../../src/careers/exploreWords.page.ts';
import { findOptions, relatedOptions } from '../../../src/careers/find.ts';
import {
  sharedInterests,
  strongest,
  suggestionsFrom,
  type Interests,
} from '../../../src/careers/interest.ts';
import { optionPage } from '../../../src/careers/option.page.ts';
import { starterCatalogue } from '../../../src/careers/starter.ts';
import { aGoal, anId, aPlan, NOW, outcomeOf } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const catalogue = starterCatalogue();
const nothing = { q: '', cluster: null, interest: null, level: null };

function interests(scores: Partial<Record<Letter, number>>, code: string): Interests {
  return { scores: { R: 0, I: 0, A: 0, S: 0, E: 0, C: 0, ...scores }, code, takenAt: NOW };
}

function exploring(...options: string[]): Exploration {
  return options.reduce(
    (before, option) =>
      saving(before, { kind: 'career', option, title: option }, { why: 'I like it', goal: null }, NOW),
    emptyExploration(anId(), anId()),
  );
}

function facts(overrides: Partial<ExploreFacts> = {}): ExploreFacts {
  return { plan: aPlan(), catalogue, exploration: exploring(), interests: null, ...overrides };
}

describe('the starter set', () => {
  test('has 14 clusters, 44 careers and 28 programs, each whole and in a known cluster', () => {
    const { clusters, careers, programmes } = catalogue;
    expect([clusters.length, careers.length, programmes.length]).toEqual([14, 44, 28]);
    const ids = new Set(clusters.map(({ id }) => id));
    expect([...careers, ...programmes].filter(({ cluster }) => !ids.has(cluster ?? ''))).toEqual([]);
    expect([...careers, ...programmes].filter(({ interests: [main] }) => main === undefined)).toEqual([]);
    expect(new Set(careers.map(({ id }) => id)).size).toBe(careers.length);
    for (const { id } of clusters) expect(careers.some(({ cluster }) => cluster === id)).toBe(true);
  });

  test('invents no pay and no outlook', () => {
    expect(catalogue.careers.filter(({ pay, outlook }) => pay !== null || outlook !== null)).toEqual([]);
  });
});

describe('suggestions', () => {
  test('give the reason: the shared interests in the student’s order', () => {
    const mine = interests({ S: 90, I: 70, C: 40 }, 'SIC');
    const [first] = suggestionsFrom(catalogue.careers, mine, 6);
    expect(first?.option.id).toBe('registered-nurse');
    expect(first?.because).toEqual(['S', 'I', 'C']);
  });

  test('read a code with ties, and leave out what was never liked', () => {
    expect(strongest(interests({ R: 50, I: 40, A: 40 }, 'R(IA)'))).toEqual(['R', 'I', 'A']);
    expect(strongest(interests({ R: 50 }, 'RIA'))).toEqual(['R']);
    expect(suggestionsFrom(catalogue.careers, interests({}, ''), 6)).toEqual([]);
  });

  test('always share the main interest, never more than asked for, and change with nothing else', () => {
    const score = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(
        score,
        score,
        score,
        score,
        score,
        score,
        fc.integer({ min: 0, max: 9 }),
        (R, I, A, S, E, C, limit) => {
          const scores = { R, I, A, S, E, C };
          const code = (Object.keys(scores) as Letter[]).toSorted((a, b) => scores[b] - scores[a]).join('');
          const mine = interests(scores, code);
          const found = suggestionsFrom(catalogue.careers, mine, limit);
          expect(found.length).toBeLessThanOrEqual(limit);
          for (const { option, because } of found) {
            expect(because).toContain(option.interests[0]);
            expect(because).toEqual(sharedInterests(option, mine));
          }
        },
      ),
      { numRuns: 50 },
    );
  });
});

describe('finding', () => {
  test('asks for every word, titles first, whatever their accents and case', () => {
    const found = findOptions(catalogue.careers, { ...nothing, q: 'NURSÍNG' }, catalogue.clusters);
    expect(found[0]?.id).toBe('nursing-assistant');
    const none = findOptions(catalogue.careers, { ...nothing, q: 'nursing welding' }, catalogue.clusters);
    expect(none).toEqual([]);
  });

  test('filters by field, interest and level', () => {
    const health = findOptions(catalogue.careers, { ...nothing, cluster: 'health' }, catalogue.clusters);
    expect(health.map(({ cluster }) => cluster)).toEqual(health.map(() => 'health'));
    const some = findOptions(
      catalogue.careers,
      { ...nothing, cluster: 'health', interest: 'R', level: 'certificate' },
      catalogue.clusters,
    );
    expect(some.map(({ id }) => id)).toEqual(['nursing-assistant']);
    const programmes = findOptions(catalogue.programmes, { ...nothing, level: 'apprenticeship' }, []);
    expect(programmes).toHaveLength(3);
  });

  test('leads from a career to programs of its field that share an interest', () => {
    const nurse = catalogue.careers.find(({ id }) => id === 'registered-nurse') as Career;
    const related = relatedOptions(nurse, catalogue.programmes, 3).map(({ id }) => id);
    expect(related).toEqual(['associate-nursing', 'bachelor-nursing', 'certificate-nursing-assistant']);
  });
});

describe('my list', () => {
  test('asks for why, and holds only so many', () => {
    const what = { kind: 'career', option: 'chef', title: 'Chef' } as const;
    const save = (before: Exploration, why: string) =>
      outcomeOf(() => saving(before, what, { why, goal: null }, NOW));
    expect(save(exploring(), '  ')).toBe('Invalid');
    expect(save(exploring(), 'x'.repeat(LIMITS.why + 1))).toBe('Invalid');
    expect(save(exploring(), 'x'.repeat(LIMITS.why))).toMatchObject({ saved: [{ option: 'chef' }] });
    const full = exploring(...Array.from({ length: LIMITS.saved }, (_, index) => `o${index}`));
    expect(save(full, 'I like it')).toBe('Invalid');
  });

  test('saved again is changed in its place', () => {
    const before = exploring('a', 'b');
    const what = { kind: 'career', option: 'a', title: 'a' } as const;
    const after = saving(before, what, { why: 'Better reason', goal: null }, NOW);
    expect(after.saved.map(({ option, why }) => [option, why])).toEqual([
      ['a', 'Better reason'],
      ['b', 'I like it'],
    ]);
  });

  test('moves within its kind, and at its ends stays', () => {
    const list = saving(
      exploring('a', 'b', 'c'),
      { kind: 'programme', option: 'p', title: 'p' },
      { why: 'w', goal: null },
      NOW,
    );
    const order = (one: Exploration) => savedOf(one, 'career').map(({ option }) => option);
    expect(order(moving(list, 'career', 'c', 'up'))).toEqual(['a', 'c', 'b']);
    expect(order(moving(list, 'career', 'a', 'down'))).toEqual(['b', 'a', 'c']);
    expect(moving(list, 'career', 'a', 'up')).toBe(list);
    expect(moving(list, 'programme', 'p', 'down')).toBe(list);
    expect(outcomeOf(() => moving(list, 'career', 'x', 'up'))).toBe('NotFound');
  });

  test('keeps what was let go with why, and takes it back when it is saved again', () => {
    const gone = dropping(exploring('a', 'b'), 'career', 'a', ' Too much blood ', NOW);
    expect(gone.dropped).toMatchObject([{ option: 'a', reason: 'Too much blood', why: 'I like it' }]);
    expect(outcomeOf(() => dropping(gone, 'career', 'a', 'again', NOW))).toBe('Conflict');
    expect(outcomeOf(() => dropping(gone, 'career', 'b', ' ', NOW))).toBe('Invalid');
    const back = saving(gone, { kind: 'career', option: 'a', title: 'a' }, { why: 'Again', goal: null }, NOW);
    expect([back.dropped, savedOf(back, 'career').map(({ option }) => option)]).toEqual([[], ['b', 'a']]);
  });

  test('any order of moves keeps the same careers', () => {
    const step = fc.tuple(
      fc.constantFrom('a', 'b', 'c', 'd'),
      fc.constantFrom('up' as const, 'down' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        const end = steps.reduce(
          (one, [id, to]) => moving(one, 'career', id, to),
          exploring('a', 'b', 'c', 'd'),
        );
        expect(end.saved.map(({ option }) => option).toSorted()).toEqual(['a', 'b', 'c', 'd']);
      }),
    );
  });
});

describe('what it is worth', () => {
  const creditOf = (one: Exploration) => careerStandings(one).map(({ credit }) => credit);

  test('three careers are whole, fewer a part, more no more', () => {
    expect(creditOf(exploring())).toEqual([0, 0]);
    expect(creditOf(exploring('a', 'b'))[0]).toBeCloseTo(2 / 3);
    expect(creditOf(exploring('a', 'b', 'c'))[0]).toBe(1);
    expect(creditOf(exploring('a', 'b', 'c', 'd'))[0]).toBe(1);
  });

  test('programs do not count as careers; a field counts when it is chosen', () => {
    const programme = { kind: 'programme', option: 'p', title: 'p' } as const;
    const one = saving(exploring(), programme, { why: 'w', goal: null }, NOW);
    expect(creditOf(one)).toEqual([0, 0]);
    expect(creditOf(choosing(one, { id: 'health', title: 'Healthcare' }, '', NOW))).toEqual([0, 1]);
  });
});

describe('the pages', () => {
  const goal = aGoal();
  const plan = aPlan({ goals: [goal] });
  const saved = saving(
    exploring('registered-nurse', 'chef'),
    { kind: 'career', option: 'electrician', title: 'Electrician' },
    { why: `I like tools ${HOSTILE}`, goal: goal.id },
    NOW,
  );
  const mine = interests({ S: 90, I: 70, C: 40 }, 'SIC');

  test('Explore shows my list in order, suggestions with the reason, and a page of all', () => {
    const page = explorePage(words, 'career', facts({ plan, exploration: saved, interests: mine }), {
      ...nothing,
      page: 1,
    });
    expect(page.saved.lines.map(({ rank, title }) => [rank, title])).toEqual([
      [1, 'Registered nurse'],
      [2, 'Chef'],
      [3, 'Electrician'],
    ]);
    expect(page.suggested?.lines[0]?.reason).toMatch(/^Because you like helping people \(S\)/);
    expect(page.suggested?.lines.map(({ title }) => title)).not.toContain('Registered nurse');
    expect(page.find.lines).toHaveLength(PER_PAGE);
    expect(page.find.pager).toMatchObject({ from: 1, to: PER_PAGE, total: 44, previous: null });
    const html = renderPage('careers/explore', page);
    expect(html).not.toMatch(/<script>|<b x=/);
    expect(html).toContain('Move up: Chef');
    expect(html).toContain('Goal: Build a robot arm');
  });

  test('Explore without anything says what will be here and asks for the inventory', () => {
    const page = explorePage(words, 'career', facts(), { ...nothing, page: 1 });
    expect(page.saved.none).toContain('will be here');
    expect(page.suggested?.go?.href).toBe('/plan/interests');
    expect(renderPage('careers/explore', page)).toContain('You have not chosen a field of work yet');
    const programmes = explorePage(words, 'programme', facts(), { ...nothing, page: 99 });
    expect(programmes.find.pager?.next).toBeNull();
    expect(renderPage('careers/explore', programmes)).toContain('Explore programs after school');
  });

  test('a search hides the suggestions and keeps its filters on the next page', () => {
    const page = explorePage(words, 'career', facts({ interests: mine }), {
      ...nothing,
      interest: 'R',
      page: 1,
    });
    expect(page.suggested).toBeNull();
    expect(page.find.pager?.next).toBe('/explore/careers?interest=R&page=2#all');
  });

  test('a career says what it takes, why it is suggested, and offers to save it', () => {
    const nurse = catalogue.careers.find(({ id }) => id === 'registered-nurse') as Career;
    const html = renderPage('careers/option', optionPage(words, 'career', nurse, facts({ interests: mine })));
    for (const text of [
      'Bachelor’s degree',
      'Science · Math · Health',
      'Save to my list',
      'Because you like',
    ])
      expect(html).toContain(text);
    const imported: Career = { ...nurse, source: 'Bureau of Cards', pay: 'About as much as a teacher' };
    const sourced = renderPage('careers/option', optionPage(words, 'career', imported, facts()));
    expect(sourced).toContain('Source: Bureau of Cards');
    expect(sourced).toContain('About as much as a teacher');
  });

  test('a plan that is with the advisor shows everything and no form', () => {
    const chef = catalogue.careers.find(({ id }) => id === 'chef') as Career;
    const locked = facts({ plan: aPlan({ state: 'submitted' }), exploration: saved });
    const html = renderPage('careers/option', optionPage(words, 'career', chef, locked));
    expect(html).toContain('I like it');
    expect(html).not.toContain('action="/explore/');
    expect(renderPage('careers/cluster', clusterPage(words, locked))).not.toContain('action="/explore/');
    const list = explorePage(words, 'career', locked, { ...nothing, page: 1 });
    expect(list.saved.lines.map(({ move }) => move)).toEqual([null, null, null]);
  });

  test('side by side needs two, and has a line for each thing said', () => {
    const [a, b] = catalogue.careers as [Career, Career];
    expect(comparePage(words, 'career', [a], facts()).few).not.toBeNull();
    const page = comparePage(words, 'career', [a, b], facts());
    expect(page.rows.every(({ cells }) => cells.length === 2)).toBe(true);
    expect(renderPage('careers/compare', page)).toContain('School subjects that help');
    const [p, q] = catalogue.programmes;
    const programmes = comparePage(words, 'programme', [p, q] as never, facts());
    expect(programmes.rows.map(({ label }) => label)).toContain('To be let in');
  });

  test('the field page counts my careers in each', () => {
    const page = clusterPage(words, facts({ exploration: saved }));
    const health = page.form?.cluster.options.find(({ value }) => value === 'health');
    expect(health?.hint).toContain('1 of your saved careers is here');
    expect(renderPage('careers/cluster', page)).toContain('Which field?');
  });

  test('the part tells families what was chosen, and not what was let go', () => {
    const chosen = choosing(saved, { id: 'health', title: 'Healthcare' }, 'I like people', NOW);
    const lines = careerLines(words, dropping(chosen, 'career', 'chef', 'Too hot', NOW), plan);
    expect(lines.map(({ id, audience }) => [id, audience])).toEqual([
      ['cluster', 'family'],
      ['career.registered-nurse', 'family'],
      ['career.electrician', 'family'],
      ['dropped.career.chef', 'plan'],
    ]);
    expect(lines[2]?.text).toContain('(Goal: Build a robot arm');
    expect(careerLines(words, emptyExploration('', ''), plan)).toEqual([]);
  });

  test('a catalogue of another source keeps its pages whole', () => {
    const bare: Career = {
      ...(catalogue.careers[0] as Career),
      education: null,
      interests: [],
      subjects: [],
      skills: [],
      cluster: null,
    };
    const other: Catalogue = { ...catalogue, careers: [bare] };
    const html = renderPage('careers/option', optionPage(words, 'career', bare, facts({ catalogue: other })));
    expect(html).toContain('Not said');
    renderPage(
      'careers/explore',
      explorePage(words, 'career', facts({ catalogue: other }), { ...nothing, page: 1 }),
    );
  });
});
