import type { GradeDecision } from '../jobs/grade.ts';
import { say } from '../plans/say.ts';
import { assertNever } from '../shared/errors.ts';
import type { Task, TaskLink } from './task.ts';
import { getTemplate } from './template.ts';

/** What has just happened to the task. */
export type GradedEvent = 'submitted' | 'withdrawn' | 'returned' | 'verified' | 'excused';

/**
 * What the task's own column should say (product.md, the table). A task that was taken back is told like a
 * returned one: the student works on it again.
 * @returns null when nothing is sent.
 */
export function taskGrade(event: GradedEvent, task: Task, link: TaskLink, now: Date): GradeDecision | null {
  const { title } = link;
  switch (event) {
    case 'submitted':
      return row(task, link, now, 'Submitted', 'PendingManual', say('tasks.score.waits', { title }));
    case 'withdrawn':
      return row(task, link, now, 'InProgress', 'Pending', say('tasks.score.withdrawn', { title }));
    case 'returned':
      return row(task, link, now, 'InProgress', 'Pending', say('tasks.score.returned', { title }));
    case 'verified':
      return {
        ...row(task, link, now, 'Completed', 'FullyGraded', verifiedComment(task, title)),
        scoreGiven: task.points ?? link.points,
      };
    case 'excused':
      return null;
    default:
      return assertNever(event);
  }
}

function verifiedComment(task: Task, title: string): string {
  const { needsVerification } = getTemplate(task.template);
  return say(needsVerification ? 'tasks.score.verified' : 'tasks.score.checkedItself', { title });
}

function row(
  task: Task,
  link: TaskLink,
  now: Date,
  activityProgress: GradeDecision['activityProgress'],
  gradingProgress: GradeDecision['gradingProgress'],
  comment: string,
): GradeDecision {
  return {
    institution: task.institution,
    course: link.course,
    person: task.person,
    item: { kind: 'task', link: link.id },
    activityProgress,
    gradingProgress,
    scoreGiven: null,
    scoreMaximum: link.points,
    comment,
    submittedAt: task.submittedAt,
    decidedAt: now,
  };
}
