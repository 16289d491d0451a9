/** Scoring of interest inventories of the RIASEC kind (Holland's six groups of interests). Pure. */
export const LETTERS = ['R', 'I', 'A', 'S', 'E', 'C'] as const;
export type Letter = (typeof LETTERS)[number];

/** How much of the possible liking each group got, 0–100, whole numbers. */
export type Scores = Record<Letter, number>;

/** One answer: the place of the chosen word in the bank's scale, 0 for "not at all". */
export interface Answer {
  item: string;
  value: number;
}

/** What scoring needs of an item bank. */
export interface Scored {
  /** Words from the least liking to the most; at least two. */
  scale: readonly string[];
  items: readonly { id: string; letter: Letter }[];
}

/**
 * The scores of a set of answers. A letter is judged by its answered items only, so a question left out neither
 * helps nor harms; a letter without an answer is 0. Answers that belong to no item, or lie outside the scale, count for nothing.
 */
export function scoresOf(bank: Scored, answers: readonly Answer[]): Scores {
  const top = bank.scale.length - 1;
  const valid = answersIn(bank, answers);
  const scoreOf = (letter: Letter): number => {
    const values = bank.items.flatMap((item) => (item.letter === letter ? (valid.get(item.id) ?? []) : []));
    const sum = values.reduce((total, value) => total + value, 0);
    return values.length === 0 ? 0 : Math.round((100 * sum) / (values.length * top));
  };
  return Object.fromEntries(LETTERS.map((letter) => [letter, scoreOf(letter)])) as Scores;
}

/** The answers that fit the bank, by item. */
export function answersIn(bank: Scored, answers: readonly Answer[]): Map<string, number> {
  const known = new Set(bank.items.map(({ id }) => id));
  const fits = ({ item, value }: Answer): boolean =>
    known.has(item) && Number.isInteger(value) && value >= 0 && value < bank.scale.length;
  return new Map(answers.filter(fits).map(({ item, value }) => [item, value]));
}

/** Enough to say something: at least half of the items of every letter are answered. */
export function isScorable(bank: Scored, answers: readonly Answer[]): boolean {
  const valid = answersIn(bank, answers);
  return LETTERS.every((letter) => {
    const items = bank.items.filter((item) => item.letter === letter);
    return items.length > 0 && 2 * items.filter(({ id }) => valid.has(id)).length >= items.length;
  });
}

/** Letters of one place in the code; more than one is a tie. */
export type Place = readonly Letter[];

/**
 * The strongest interests in order, until three letters are named; equal scores share a place, so more than three can be.
 * A letter that got nothing has no place.
 */
export function placesOf(scores: Scores): Place[] {
  const values = [...new Set(LETTERS.map((letter) => scores[letter]))]
    .filter((value) => value > 0)
    .toSorted((a, b) => b - a);
  const places = values.map((value) => LETTERS.filter((letter) => scores[letter] === value));
  const named = (count: number): number => places.slice(0, count).flat().length;
  return places.filter((_, index) => named(index) < 3);
}

/** The three-letter code; letters that tie stand in brackets: `RIA`, `R(IA)`, `RI(ASE)`. Empty: nothing was liked. */
export function codeOf(scores: Scores): string {
  return placesOf(scores)
    .map((place) => (place.length === 1 ? place[0] : `(${place.join('')})`))
    .join('');
}

/** All six alike, so the code says nothing about what comes first. */
export function isFlat(scores: Scores): boolean {
  return new Set(LETTERS.map((letter) => scores[letter])).size === 1;
}
