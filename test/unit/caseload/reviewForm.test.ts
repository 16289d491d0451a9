import { describe, expect, it } from 'vitest';
import type { ReviewAnswer } from '../../../src/plans/review.ts';
import { isCurrent, newAnswers, ReviewForm, typedFields } from '../../../src/plans/reviewForm.ts';
import { anId, NOW } from '../../support/build.ts';

const goal = `goal:${'a'.repeat(24)}` as const;

function answer(overrides: Partial<ReviewAnswer>): ReviewAnswer {
  return { section: 'strengths', answer: 'good', comment: '', version: 1, by: anId(), at: NOW, ...overrides };
}

describe('the review form', () => {
  it('reads answers and comments by section', () => {
    const form = ReviewForm.parse({
      do: 'return',
      note: '  Nearly. ',
      openNext: '1',
      _version: '4',
      [`answer.${goal}`]: 'change',
      [`comment.${goal}`]: ' By when? ',
      [`seen.${goal}`]: '2',
      'comment.strengths': '',
    });
    expect(form).toEqual({
      do: 'return',
      note: 'Nearly.',
      openNext: true,
      version: 4,
      sections: [
        { section: goal, answer: 'change', comment: 'By when?', seen: 2 },
        { section: 'strengths', answer: null, comment: '', seen: 0 },
      ],
    });
  });

  it.each([
    { 'answer.strengths': 'maybe' },
    { 'comment.plan': 'x' },
    { 'comment.goal:1': 'x' },
    { 'comment.__proto__': 'x' },
    { do: 'delete' },
    { other: '1' },
    { 'comment.strengths': 'x'.repeat(2_001) },
    { 'comment.strengths': ['a', 'b'] },
  ])('refuses %o', (fields) => {
    expect(ReviewForm.safeParse(fields).success).toBe(false);
  });

  it('keeps what was typed into a form it refuses', () => {
    const typed = typedFields({ 'comment.strengths': 'My words', 'answer.strengths': 'nonsense', note: 7 });
    expect(typed.sections).toEqual([{ section: 'strengths', answer: null, comment: 'My words', seen: 0 }]);
    expect(typed.note).toBe('');
  });
});

describe('what of a form is new', () => {
  const review = { version: 5, answers: [answer({ comment: 'Fine.', version: 3 })] };
  const form = (version: number, comment: string, seen: number, given: 'good' | 'change' | null = null) => ({
    version,
    sections: [{ section: 'strengths' as const, answer: given, comment, seen }],
  });

  it('is nothing when it says what is stored', () => {
    expect(newAnswers(form(5, 'Fine.', 3, 'good'), review)).toEqual([]);
    expect(newAnswers(form(5, 'Fine.', 3), review)).toEqual([]);
  });

  it('is saved over the stored version by a page that is up to date, autosaved or not', () => {
    expect(newAnswers(form(5, 'Better.', 0), review)).toEqual([
      { section: 'strengths', answer: 'good', comment: 'Better.', seen: 3 },
    ]);
  });

  it('names the version it saw when the page is older', () => {
    expect(newAnswers(form(2, 'Mine.', 1, 'change'), review)).toEqual([
      { section: 'strengths', answer: 'change', comment: 'Mine.', seen: 1 },
    ]);
  });

  it('does not wipe what another tab wrote into a section nobody touched here', () => {
    expect(newAnswers(form(2, '', 0), review)).toEqual([]);
  });

  it('takes a page from before the review for current until something is answered', () => {
    expect(isCurrent(0, { version: 1, answers: [] })).toBe(true);
    expect(isCurrent(0, review)).toBe(false);
  });
});
