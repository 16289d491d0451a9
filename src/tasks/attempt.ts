import { ATTEMPT_LIMIT, type Task, type TaskAnswer, type TaskAttempt } from './task.ts';

/** The hand-ins with a new one; the oldest are let go beyond the limit. */
export function handedInAgain(
  { attempts }: Pick<Task, 'attempts'>,
  { answers, shown }: { answers: readonly TaskAnswer[]; shown: readonly string[] },
  at: Date,
): TaskAttempt[] {
  const made: TaskAttempt = { at, answers: [...answers], shown: [...shown], ended: null, comment: '' };
  return [...attempts, made].slice(-ATTEMPT_LIMIT);
}

/** What became of the last hand-in; one that was decided already stays as it was. */
export function lastEnded(
  { attempts }: Pick<Task, 'attempts'>,
  ended: NonNullable<TaskAttempt['ended']>,
  comment = '',
): TaskAttempt[] {
  return attempts.map((one, nth) =>
    nth === attempts.length - 1 && one.ended === null ? { ...one, ended, comment } : one,
  );
}
