import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OWN_BANKS } from '../../../src/inventory/data/ownBanks.ts';
import { hexagonOf } from '../../../src/inventory/hexagon.ts';
import {
  codeOf,
  isFlat,
  isScorable,
  LETTERS,
  placesOf,
  scoresOf,
  type Answer,
  type Scores,
} from '../../../src/inventory/riasec.ts';
import { answersBy, SHORT } from './aSitting.ts';

const scores = (values: Partial<Scores>): Scores => ({ R: 0, I: 0, A: 0, S: 0, E: 0, C: 0, ...values });

describe('scores', () => {
  test('go from 0 for "not at all" to 100 for "very much"', () => {
    const all = answersBy(SHORT, { R: 4, I: 3, A: 2, S: 1, E: 0, C: 4 });
    expect(scoresOf(SHORT, all)).toEqual({ R: 100, I: 75, A: 50, S: 25, E: 0, C: 100 });
  });

  test('judge a letter by what was answered: a question left out neither helps nor harms', () => {
    expect(scoresOf(SHORT, [{ item: 'r1', value: 3 }])).toEqual(scores({ R: 75 }));
    expect(scoresOf(SHORT, [])).toEqual(scores({}));
  });

  test('take no answer that belongs to no question or lies outside the scale', () => {
    const odd: Answer[] = [
      { item: 'x9', value: 4 },
      { item: 'r1', value: 5 },
      { item: 'r2', value: -1 },
      { item: 'r3', value: 1.5 },
      { item: '__proto__', value: 4 },
    ];
    expect(scoresOf(SHORT, odd)).toEqual(scores({}));
  });

  test('take the last of two answers to one question', () => {
    const twice = [
      { item: 'i1', value: 0 },
      { item: 'i1', value: 4 },
    ];
    expect(scoresOf(SHORT, twice).I).toBe(100);
  });
});

describe('the code', () => {
  test('names the three strongest in order', () => {
    expect(codeOf(scores({ S: 90, A: 80, I: 70, R: 60 }))).toBe('SAI');
  });

  test('shows ties in brackets, wherever they are', () => {
    expect(codeOf(scores({ R: 80, I: 80, A: 50 }))).toBe('(RI)A');
    expect(codeOf(scores({ R: 80, I: 50, A: 50 }))).toBe('R(IA)');
    expect(codeOf(scores({ R: 80, I: 70, A: 50, S: 50, E: 50 }))).toBe('RI(ASE)');
    expect(codeOf(scores({ R: 50, I: 50, A: 50, S: 50, E: 50, C: 50 }))).toBe('(RIASEC)');
    expect(codeOf(scores({ R: 80, I: 80, A: 80, S: 70 }))).toBe('(RIA)');
  });

  test('leaves out what was not liked at all', () => {
    expect(codeOf(scores({ C: 10 }))).toBe('C');
    expect(codeOf(scores({}))).toBe('');
  });

  test('says nothing about order where all are alike', () => {
    expect(isFlat(scores({}))).toBe(true);
    expect(isFlat(scores({ R: 1 }))).toBe(false);
  });
});

describe('enough for a result', () => {
  const half = (bank: typeof SHORT, take: number): Answer[] =>
    LETTERS.flatMap((letter) =>
      bank.items
        .filter((item) => item.letter === letter)
        .slice(0, take)
        .map(({ id }) => ({ item: id, value: 2 })),
    );

  test('is half of each letter, not less', () => {
    expect(isScorable(SHORT, half(SHORT, 3))).toBe(true);
    expect(isScorable(SHORT, half(SHORT, 2))).toBe(false);
    expect(isScorable(SHORT, half(SHORT, 3).slice(1))).toBe(false);
    expect(isScorable(SHORT, [])).toBe(false);
  });

  test('needs questions of every letter', () => {
    const items = SHORT.items.filter(({ letter }) => letter !== 'C');
    expect(
      isScorable(
        { ...SHORT, items },
        items.map(({ id }) => ({ item: id, value: 1 })),
      ),
    ).toBe(false);
  });
});

const anAnswer = fc.record({
  item: fc.constantFrom(...SHORT.items.map(({ id }) => id), 'nothing'),
  value: fc.integer({ min: -2, max: 8 }),
});
const someScores = fc.record(
  Object.fromEntries(LETTERS.map((letter) => [letter, fc.integer({ min: 0, max: 100 })])) as Record<
    keyof Scores,
    fc.Arbitrary<number>
  >,
);

describe('whatever is answered', () => {
  test('scores are whole numbers from 0 to 100', () => {
    fc.assert(
      fc.property(fc.array(anAnswer, { maxLength: 60 }), (answers) => {
        const values = Object.values(scoresOf(SHORT, answers));
        expect(values.filter((n) => !Number.isInteger(n) || n < 0 || n > 100)).toEqual([]);
      }),
    );
  });

  test('liking one thing more raises its letter and touches no other', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SHORT.items), fc.integer({ min: 0, max: 3 }), (item, value) => {
        const rest = answersBy(SHORT, { R: 2, I: 2, A: 2, S: 2, E: 2, C: 2 });
        const [low, high] = [value, value + 1].map((one) =>
          scoresOf(SHORT, [...rest, { item: item.id, value: one }]),
        );
        const rise = (letter: keyof Scores): number => (high?.[letter] ?? 0) - (low?.[letter] ?? 0);
        expect(rise(item.letter)).toBeGreaterThan(0);
        expect(LETTERS.filter((letter) => letter !== item.letter && rise(letter) !== 0)).toEqual([]);
      }),
    );
  });

  test('the order of answers does not matter', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anAnswer, { selector: ({ item }) => item }), (answers) => {
        expect(scoresOf(SHORT, answers.toReversed())).toEqual(scoresOf(SHORT, answers));
      }),
    );
  });

  test('places fall from strongest to weakest, name each letter once, and stop at three', () => {
    fc.assert(
      fc.property(someScores, (given) => {
        const places = placesOf(given);
        const values = places.map((place) => given[place[0] ?? 'R']);
        expect(values).toEqual(values.toSorted((a, b) => b - a));
        expect(new Set(places.flat()).size).toBe(places.flat().length);
        expect(places.slice(0, -1).flat().length).toBeLessThan(3);
        const liked = LETTERS.filter((letter) => given[letter] > 0);
        expect(places.flat().length).toBeGreaterThanOrEqual(Math.min(3, liked.length));
        const left = liked.filter((letter) => !places.flat().includes(letter));
        for (const letter of left) expect(given[letter]).toBeLessThan(values.at(-1) ?? 101);
      }),
    );
  });
});

test('the chart stays in its box', () => {
  fc.assert(
    fc.property(someScores, (given) => {
      const { dots, labels } = hexagonOf(given);
      const outside = [...dots, ...labels].filter(({ x, y }) => x < 0 || x > 440 || y < 0 || y > 300);
      expect(outside).toEqual([]);
    }),
  );
});

test('a score of 100 reaches the rim and 0 the centre', () => {
  const { dots, spokes } = hexagonOf(scores({ R: 100 }));
  expect(dots[0]).toEqual(spokes[0]);
  expect(dots[1]).toEqual({ x: 220, y: 150 });
});

test.each(OWN_BANKS.map((bank) => [bank.id, bank] as const))(
  '%s asks as much of each letter, and nothing twice',
  (_, bank) => {
    const counts = LETTERS.map((letter) => bank.items.filter((item) => item.letter === letter).length);
    expect(new Set(counts).size).toBe(1);
    expect(new Set(bank.items.map(({ text }) => text)).size).toBe(bank.items.length);
    expect(new Set(bank.items.map(({ id }) => id)).size).toBe(bank.items.length);
    expect(bank.items.slice(0, 6).map(({ letter }) => letter)).toEqual([...LETTERS]);
  },
);
