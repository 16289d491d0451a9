import type { RequestHandler } from 'express';
import { z } from 'zod';
import { draftResult, saveResult } from '../gradebook.ts';
import { sendAs } from '../http.ts';
import { roleIn } from '../state.ts';
import type { LineItem, LmsCourse, LmsPerson, MannerState, Result } from '../state.ts';
import { media, scope } from '../uris.ts';
import { ScoreRefusal } from './moodleHttp.ts';
import { moodleFind, moodleScene } from './moodleLineItems.ts';

// AGS scores of Moodle 4.5, as recorded: whatever is not FullyGraded erases grade and feedback, with 200 OK.

const Score = z
  .looseObject({
    userId: z.string(),
    timestamp: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
    activityProgress: z.string(),
    // Any word is taken; only FullyGraded means something.
    gradingProgress: z.string(),
    scoreGiven: z.number().optional(),
    scoreMaximum: z.number().positive().optional(),
    comment: z.string().optional(),
  })
  .refine((score) => score.scoreGiven === undefined || score.scoreMaximum !== undefined);
type Score = z.infer<typeof Score>;

function studentOf(state: MannerState, course: LmsCourse, userId: string): LmsPerson | null {
  const person = state.accounts.get(userId);
  // The teacher is not gradable; assistants (Learner in Moodle's own eyes) are not students of the sample school.
  return person && roleIn(course, person.key) === 'student' ? person : null;
}

/** One refusal for all faults, with the body that came in the reason phrase. */
function readScore(
  state: MannerState,
  course: LmsCourse,
  body: unknown,
): { score: Score; student: LmsPerson } {
  const parsed = Score.safeParse(body);
  const student = parsed.success ? studentOf(state, course, parsed.data.userId) : null;
  if (!parsed.success || !student)
    throw new ScoreRefusal(400, `Incorrect score received${JSON.stringify(body)}`);
  return { score: parsed.data, student };
}

const wholeSeconds = (ms: number) => Math.floor(ms / 1000);

function checkTime(score: Score, result: Result, item: LineItem, student: LmsPerson): void {
  if (result.timestamp === null) return;
  if (wholeSeconds(Date.parse(score.timestamp)) > wholeSeconds(result.timestamp)) return;
  const text = `Refusing score with an earlier timestamp for item ${item.id} and user ${student.userId}`;
  throw new ScoreRefusal(409, text);
}

function pointsOf(score: Score, item: LineItem): number | null {
  if (score.gradingProgress !== 'FullyGraded' || score.scoreGiven === undefined) return null;
  const points = (score.scoreGiven / score.scoreMaximum!) * item.scoreMaximum;
  return Math.min(Math.max(points, 0), item.scoreMaximum);
}

function takeScore(score: Score, result: Result, item: LineItem): void {
  result.timestamp = Date.parse(score.timestamp);
  result.activityProgress = score.activityProgress;
  result.gradingProgress = score.gradingProgress;
  // An overridden grade stays what the teacher typed; the answer is 200 all the same.
  if (result.overridden) return;
  result.score = pointsOf(score, item);
  result.gradedBy = result.score === null ? null : 'tool';
  const final = score.gradingProgress === 'FullyGraded';
  result.comments = final && score.comment !== undefined ? [score.comment] : [];
}

/** `POST /mod/lti/services.php/:course/lineitems/:item/lineitem/scores` */
export function moodlePostScore(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = moodleScene(state, req, [scope.score]);
    const item = moodleFind(state, req, scene);
    const { score, student } = readScore(state, scene.course, req.body);
    const result = draftResult(state, item.id, student.key);
    checkTime(score, result, item, student);
    if (result.locked) throw new ScoreRefusal(500, `Failed to set grade for item ${item.id}`);
    takeScore(score, result, item);
    saveResult(state, result);
    sendAs(res, 200, media.score, undefined);
  };
}
