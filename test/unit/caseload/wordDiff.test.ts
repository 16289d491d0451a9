import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameWords, wordDiff } from '../../../src/plans/wordDiff.ts';

const marked = (before: string, after: string): string =>
  wordDiff(before, after)
    .map(({ kind, text }) => (kind === 'same' ? text : kind === 'added' ? `+${text}+` : `-${text}-`))
    .join(' ');

const words = (text: string): string[] => text.match(/\S+/gu) ?? [];

describe('what changed between two texts', () => {
  it('marks words, with a removal before its addition', () => {
    expect(marked('Become a nurse', 'Become a nurse who works with babies')).toBe(
      'Become a nurse +who works with babies+',
    );
    expect(marked('I go in the fall', 'I go by April 30')).toBe('I go -in the fall- +by April 30+');
  });

  it('does not leave a lone word between two changes', () => {
    expect(marked('I like big red dogs a lot', 'I like small old dogs quite often')).toBe(
      'I like -big red dogs a lot- +small old dogs quite often+',
    );
  });

  it('takes a text that is new or gone as a whole, and two empty ones as nothing', () => {
    expect(marked('', 'All new')).toBe('+All new+');
    expect(marked('All gone', ' ')).toBe('-All gone-');
    expect(marked('', '')).toBe('');
  });

  it('keeps line ends out of the marks', () => {
    expect(wordDiff('One\nTwo', 'One\nThree')).toEqual([
      { kind: 'same', text: 'One', gap: '\n' },
      { kind: 'removed', text: 'Two', gap: ' ' },
      { kind: 'added', text: 'Three', gap: ' ' },
    ]);
  });

  it('lets both texts be read out of the marks, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', 'a\n', 'dd'), { maxLength: 40 })
      .map((list) => list.join(' '));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const pieces = wordDiff(before, after);
        const side = (out: string): string[] =>
          pieces.filter(({ kind }) => kind !== out).flatMap((piece) => words(piece.text));
        expect(side('added')).toEqual(words(before));
        expect(side('removed')).toEqual(words(after));
      }),
    );
  });

  it('is quick on two long texts that have little in common', () => {
    const long = (seed: number): string =>
      Array.from({ length: 2_500 }, (_, index) => `w${(index * seed) % 997}`).join(' ');
    const pieces = wordDiff(long(7), long(13));
    expect(pieces.length).toBeGreaterThan(0);
  });

  it('calls texts the same that differ in white space only', () => {
    expect(sameWords('One  two\n', 'One two')).toBe(true);
    expect(sameWords('One two', 'Onetwo')).toBe(false);
  });
});
