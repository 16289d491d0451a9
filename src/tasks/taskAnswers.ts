import { say } from '../plans/say.ts';
import { Invalid, type FieldError } from '../shared/errors.ts';
import { LONGEST_ANSWER, type Task, type TaskAnswer } from './task.ts';
import { isMet, PROOF_MISSING, type Proof } from './proof.ts';
import type { TaskTemplate } from './template.ts';

/** Question key → text, as a form sends it. */
export type AnswerForm = Readonly<Record<string, string>>;

/** The answers to the template's questions, in its order; keys it does not know are left out. */
export function answersFrom(form: AnswerForm, template: TaskTemplate): TaskAnswer[] {
  return template.questions.map(({ key }) => ({ question: key, text: form[key] ?? '' }));
}

export function wordsOf(answers: readonly TaskAnswer[]): Record<string, string> {
  return Object.fromEntries(answers.map(({ question, text }) => [question, text]));
}

export function saysTheSame(task: Pick<Task, 'answers'>, answers: readonly TaskAnswer[]): boolean {
  const stored = wordsOf(task.answers);
  return answers.every(({ question, text }) => (stored[question] ?? '') === text);
}

/** @throws Invalid for an answer that is too long. */
export function checkDraft(answers: readonly TaskAnswer[]): void {
  const long = answers.filter(({ text }) => text.length > LONGEST_ANSWER);
  const message = say('tasks.error.tooLong', { limit: LONGEST_ANSWER });
  if (long.length > 0) throw new Invalid(long.map(({ question }) => ({ field: question, message })));
}

/** Where the summary leads for what must be there beside the answers. */
export const PROOF_FIELD = 'proof';

/** @throws Invalid naming each question that is empty or too short to hand in, and what is not done elsewhere yet. */
export function checkHandIn(
  answers: readonly TaskAnswer[],
  template: TaskTemplate,
  proof: Proof | null = null,
): void {
  const words = wordsOf(answers);
  const problems = template.questions.flatMap(({ key, minWords }) =>
    tooShort(key, words[key] ?? '', minWords),
  );
  const missing =
    proof && !isMet(proof) ? [{ field: PROOF_FIELD, message: say(PROOF_MISSING[proof.kind]) }] : [];
  if (missing.length + problems.length > 0) throw new Invalid([...missing, ...problems]);
}

function tooShort(field: string, text: string, minWords: number): FieldError[] {
  const count = countWords(text);
  if (count >= minWords) return [];
  const message = count === 0 ? say('tasks.error.empty') : say('tasks.error.tooShort', { words: minWords });
  return [{ field, message }];
}

const segmenter = new Intl.Segmenter('en', { granularity: 'word' });

/** Words in any script: Chinese and Thai put no spaces between them. */
export function countWords(text: string): number {
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).length;
}
