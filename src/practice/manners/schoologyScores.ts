import type { RequestHandler } from 'express';
import { z } from 'zod';
import { draftResult, resultsFor, saveResult } from '../gradebook.ts';
import { queryText, sendAs, ServiceError } from '../http.ts';
import { personOf, roleIn } from '../state.ts';
import type { LineItem, LmsCourse, LmsPerson, MannerState, Result } from '../state.ts';
import { media, scope } from '../uris.ts';
import { schoologyBody, schoologyItemOf, schoologyItemUrl } from './schoologyLineItems.ts';
import { schoologyClient, schoologySection } from './schoologyRoster.ts';

// AGS scores and results of Schoology.

const ScoreBody = z.object({
  userId: z.string().min(1),
  activityProgress: z.enum(['Initialized', 'Started', 'InProgress', 'Submitted', 'Completed']),
  gradingProgress: z.enum(['FullyGraded', 'Pending', 'PendingManual', 'Failed', 'NotReady']),
  timestamp: z.iso.datetime({ offset: true }),
  scoreGiven: z.number().nonnegative().optional(),
  scoreMaximum: z.number().positive().optional(),
  comment: z.string().optional(),
});
type ScoreBody = z.infer<typeof ScoreBody>;

function studentOf(state: MannerState, course: LmsCourse, userId: string): LmsPerson {
  const person = state.accounts.get(userId);
  // The sub only: Schoology's own number is not a user id here.
  if (person?.sub !== userId || roleIn(course, person.key) !== 'student')
    throw new ServiceError(404, 'User not found in section');
  return person;
}

function checkPoints({ scoreGiven, scoreMaximum }: ScoreBody): void {
  if (scoreGiven === undefined) return;
  if (scoreMaximum === undefined) throw new ServiceError(400, '"scoreMaximum" is required');
  if (scoreGiven > scoreMaximum)
    throw new ServiceError(400, '"scoreGiven" must be less than or equal to scoreMaximum');
}

/** Only a final score touches the grade; one without points leaves a comment alone in the cell. */
function takeScore(result: Result, score: ScoreBody, item: LineItem): void {
  result.timestamp = Date.parse(score.timestamp);
  result.activityProgress = score.activityProgress;
  result.gradingProgress = score.gradingProgress;
  if (score.gradingProgress !== 'FullyGraded') return;
  const { scoreGiven, scoreMaximum, comment } = score;
  result.score = scoreGiven === undefined ? null : (scoreGiven / scoreMaximum!) * item.scoreMaximum;
  result.gradedBy = scoreGiven === undefined ? null : 'tool';
  result.comments = comment === undefined ? [] : [comment];
}

export function schoologyPostScore(state: MannerState): RequestHandler {
  return (req, res) => {
    const item = schoologyItemOf(state, req, schoologyClient(state, req, [scope.score]));
    const score = schoologyBody(ScoreBody, req.body);
    const student = studentOf(state, schoologySection(state, req), score.userId);
    checkPoints(score);
    const result = draftResult(state, item.id, student.key);
    // A time that does not rise is answered with success and not applied (AGS 2.0, 3.4.2 allows that).
    const newer = result.timestamp === null || Date.parse(score.timestamp) > result.timestamp;
    if (newer) takeScore(result, score, item);
    if (newer) saveResult(state, result);
    res.status(204).end();
  };
}

export function schoologyResults(state: MannerState): RequestHandler {
  return (req, res) => {
    const item = schoologyItemOf(state, req, schoologyClient(state, req, [scope.resultRead]));
    const body = resultsFor(state, item, queryText(req, 'user_id')).map((one) => ({
      id: `${schoologyItemUrl(state, item)}/results/${one.id}`,
      userId: personOf(state, one.personKey).sub,
      ...(one.score !== null && { resultScore: one.score, resultMaximum: item.scoreMaximum }),
      ...(one.comments.length > 0 && { comment: one.comments.at(-1) }),
      scoreOf: schoologyItemUrl(state, item),
    }));
    sendAs(res, 200, media.results, body);
  };
}
