import type { RequestHandler } from 'express';
import { z } from 'zod';
import { draftResult, saveResult } from '../gradebook.ts';
import { requireScope, sendAs, ServiceError } from '../http.ts';
import { roleIn } from '../state.ts';
import type { Assignment, LineItem, LmsCourse, LmsPerson, MannerState, Result } from '../state.ts';
import { media, scope } from '../uris.ts';
import { canvasItem, canvasLineItemUrl } from './canvasLineItems.ts';
import { openCourse } from './canvasRoster.ts';

// AGS scores of Canvas (scores_controller.rb, gradebook_services.rb). By default each POST is a new attempt, and
// everything but FullyGraded or PendingManual with a scoreGiven takes the grade away.

const extensionKey = 'https://canvas.instructure.com/lti/submission';
const Time = z.iso.datetime({ offset: true, local: true });

const Extension = z.object({
  new_submission: z.boolean().default(true),
  preserve_score: z.boolean().default(false),
  prioritize_non_tool_grade: z.boolean().default(false),
  submission_type: z
    .enum(['none', 'basic_lti_launch', 'online_text_entry', 'external_tool', 'online_upload', 'online_url'])
    .default('external_tool'),
  submission_data: z.string().optional(),
  submitted_at: Time.optional(),
});

const Score = z.object({
  userId: z.union([z.string(), z.number()]).transform(String),
  activityProgress: z.enum(['Initialized', 'Started', 'InProgress', 'Submitted', 'Completed']),
  gradingProgress: z.enum(['FullyGraded', 'Pending', 'PendingManual', 'Failed', 'NotReady']),
  timestamp: Time,
  scoreGiven: z.number().nonnegative().nullish(),
  scoreMaximum: z.number().nonnegative().nullish(),
  comment: z.string().nullish(),
  submission: z.object({ submittedAt: Time.optional() }).optional(),
  [extensionKey]: Extension.default(Extension.parse({})),
});
type Score = z.infer<typeof Score>;

const requiredFields = ['userId', 'activityProgress', 'gradingProgress', 'timestamp'];

function readScore(body: unknown): Score {
  const parsed = Score.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = String(issue?.path[0] ?? 'body');
  const status = requiredFields.includes(field) || field === 'body' ? 400 : 422;
  throw new ServiceError(status, `${field}: ${issue?.message ?? 'is not right'}`);
}

function studentOf(state: MannerState, course: LmsCourse, userId: string): LmsPerson {
  const person = state.accounts.get(userId);
  if (!person || roleIn(course, person.key) !== 'student') {
    throw new ServiceError(422, 'User not found in course or is not a student');
  }
  return person;
}

const submittedAtOf = (score: Score) =>
  score[extensionKey].submitted_at ?? score.submission?.submittedAt ?? null;

function checkTimes(state: MannerState, score: Score, result: Result): void {
  const at = Date.parse(score.timestamp);
  if (result.timestamp !== null && at < result.timestamp) {
    const last = new Date(result.timestamp).toISOString();
    throw new ServiceError(
      400,
      `Provided timestamp of ${score.timestamp} before last updated timestamp of ${last}`,
    );
  }
  const submittedAt = submittedAtOf(score);
  if (submittedAt !== null && Date.parse(submittedAt) > state.now() + 60_000) {
    throw new ServiceError(400, `Provided submitted_at timestamp of ${submittedAt} in the future`);
  }
}

function checkPoints(score: Score, item: LineItem): void {
  const given = score.scoreGiven ?? null;
  const maximum = score.scoreMaximum ?? null;
  if (given !== null && maximum === null) {
    throw new ServiceError(422, 'ScoreMaximum not supplied when ScoreGiven present.');
  }
  if (maximum === 0 && item.scoreMaximum !== 0) {
    throw new ServiceError(422, "ScoreMaximum cannot be zero if line item's maximum is not zero");
  }
}

function checkPublished(assignment: Assignment | null): void {
  if (assignment && !assignment.published) {
    throw new ServiceError(
      422,
      'Grade cannot be changed at this time: This assignment is still unpublished.',
    );
  }
}

/** A new attempt, unless it is not one, or the same submission is told again. */
function takeAttempt(score: Score, result: Result, assignment: Assignment | null): void {
  const { new_submission, submission_type } = score[extensionKey];
  const submittedAt = submittedAtOf(score);
  const told = submittedAt !== null && submittedAt === result.submittedAt;
  if (!new_submission || submission_type === 'none' || told) return;
  const allowed = assignment?.allowedAttempts ?? null;
  if (allowed !== null && result.attempts >= allowed) {
    const text = 'The maximum number of allowed attempts has been reached for this submission';
    throw new ServiceError(422, text);
  }
  result.attempts += 1;
  result.submittedAt = submittedAt ?? score.timestamp;
}

function scaled(score: Score, item: LineItem): number | null {
  const final = score.gradingProgress === 'FullyGraded' || score.gradingProgress === 'PendingManual';
  if (!final || score.scoreGiven === null || score.scoreGiven === undefined) return null;
  if (!score.scoreMaximum) return score.scoreGiven;
  return (score.scoreGiven / score.scoreMaximum) * item.scoreMaximum;
}

function takeGrade(score: Score, result: Result, item: LineItem): void {
  const { preserve_score, prioritize_non_tool_grade } = score[extensionKey];
  const points = scaled(score, item);
  if (points === null) {
    if (preserve_score) return;
    result.score = null;
    result.gradedBy = null;
    return;
  }
  // submission_has_score? does not look at who graded: the tool's own grade blocks it too.
  if (prioritize_non_tool_grade && result.score !== null) return;
  result.score = points;
  result.gradedBy = 'tool';
  result.overridden = false;
}

function assignmentOf(state: MannerState, item: LineItem): Assignment | null {
  return item.assignmentId === null ? null : (state.assignments.get(item.assignmentId) ?? null);
}

/** `POST /api/lti/courses/:course/line_items/:item/scores` */
export function canvasPostScore(state: MannerState): RequestHandler {
  return (req, res) => {
    const { clientId } = requireScope(state, req, [scope.score]);
    const course = openCourse(state, req);
    const item = canvasItem(state, req, clientId);
    const score = readScore(req.body);
    const student = studentOf(state, course, score.userId);
    const assignment = assignmentOf(state, item);
    const result = draftResult(state, item.id, student.key);
    checkTimes(state, score, result);
    checkPoints(score, item);
    checkPublished(assignment);
    takeAttempt(score, result, assignment);
    takeGrade(score, result, item);
    result.timestamp = Date.parse(score.timestamp);
    result.activityProgress = score.activityProgress;
    result.gradingProgress = score.gradingProgress;
    // Canvas appends each comment; it never replaces one.
    if (score.comment) result.comments.push(score.comment);
    saveResult(state, result);
    sendAs(res, 200, media.score, {
      resultUrl: `${canvasLineItemUrl(state, item)}/results/${result.id}`,
      [extensionKey]: { content_items: [] },
    });
  };
}
