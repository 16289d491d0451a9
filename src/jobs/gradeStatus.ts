import type { MessageKey } from '../shared/i18n.ts';
import type { GradeItem } from './grade.ts';
import type { OutboxRow, OutboxStatus } from './outbox.ts';

/** How far one grade got, for the people who look after it. */
export interface GradeStatus {
  /** Outbox row; names the grade when a person asks for another try. */
  id: string;
  course: string;
  item: GradeItem;
  status: 'sent' | 'waiting' | 'failed' | 'leftAlone';
  /** Why, in plain words. */
  reason: MessageKey;
  /** The worker goes on by itself. */
  retries: boolean;
  scoreGiven: number | null;
  scoreMaximum: number;
  /** When the LMS took it; while it has not, when it was decided. */
  at: Date;
}

const STATUS: Record<OutboxStatus, GradeStatus['status']> = {
  queued: 'waiting',
  retrying: 'waiting',
  sent: 'sent',
  confirmed: 'sent',
  dead: 'failed',
  skipped: 'leftAlone',
};

/** Every reason the worker writes down (gradeRun.ts, LmsReason). */
const REASONS: Readonly<Record<string, MessageKey>> = {
  override: 'grade.reason.override',
  'not-a-student': 'grade.reason.notAStudent',
  'not-sent-here': 'grade.reason.notSentHere',
  'course-gone': 'grade.reason.courseGone',
  'not-in-course': 'grade.reason.notInCourse',
  'no-column': 'grade.reason.noColumn',
  'connection-gone': 'grade.reason.connectionGone',
  unreachable: 'grade.reason.unreachable',
  timeout: 'grade.reason.timeout',
  throttled: 'grade.reason.busy',
  'too-large': 'grade.reason.badAnswer',
  'bad-answer': 'grade.reason.badAnswer',
  'blocked-origin': 'grade.reason.blocked',
  redirected: 'grade.reason.blocked',
  unauthorized: 'grade.reason.unauthorized',
  'missing-scope': 'grade.reason.missingScope',
  forbidden: 'grade.reason.forbidden',
  'not-found': 'grade.reason.notFound',
  unpublished: 'grade.reason.unpublished',
  'stale-timestamp': 'grade.reason.stale',
  locked: 'grade.reason.locked',
  refused: 'grade.reason.refused',
  'server-error': 'grade.reason.serverError',
  internal: 'grade.reason.internal',
  'lease-lost': 'grade.reason.internal',
};

const WITHOUT_REASON: Record<OutboxStatus, MessageKey> = {
  queued: 'grade.reason.queued',
  retrying: 'grade.reason.queued',
  sent: 'grade.reason.sent',
  confirmed: 'grade.reason.confirmed',
  dead: 'grade.reason.internal',
  skipped: 'grade.reason.notSentHere',
};

/** What an outbox row means to a person. */
export function gradeStatus(row: OutboxRow): GradeStatus {
  const status = STATUS[row.status];
  return {
    id: row.id,
    course: row.course,
    item: row.item,
    status,
    reason: (row.reason === null ? undefined : REASONS[row.reason]) ?? WITHOUT_REASON[row.status],
    retries: row.status === 'retrying',
    scoreGiven: row.scoreGiven,
    scoreMaximum: row.scoreMaximum,
    at: (status === 'sent' ? row.last?.at : null) ?? row.decidedAt,
  };
}

export const GRADE_STATUS_LABEL = {
  sent: 'grade.status.sent',
  waiting: 'grade.status.waiting',
  failed: 'grade.status.failed',
  leftAlone: 'grade.status.leftAlone',
} as const satisfies Record<GradeStatus['status'], MessageKey>;
