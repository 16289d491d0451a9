import { defineModel, plain } from '../shared/model.ts';
import { newToken } from '../shared/crypto.ts';
import type { Log } from '../shared/log.ts';
import { gradeKey, type GradeDecision } from './grade.ts';
import type { OutboxRow, SentScore } from './outbox.ts';

type OutboxDoc = Omit<OutboxRow, 'id'> & { _id: string };

const Outbox = defineModel<OutboxDoc>({
  name: 'outbox',
  tenancy: {
    global:
      'the worker leases due rows of every school; each row names its institution and is handled under it',
  },
  fields: {
    institution: { type: String, required: true },
    key: { type: String, required: true },
    platform: { type: String, required: true },
    course: { type: String, required: true },
    person: { type: String, required: true },
    item: { kind: { type: String, required: true }, link: { type: String } },
    activityProgress: { type: String, required: true },
    gradingProgress: { type: String, required: true },
    scoreGiven: { type: Number, default: null },
    scoreMaximum: { type: Number, required: true },
    comment: { type: String, default: null },
    submittedAt: { type: Date, default: null },
    decidedAt: { type: Date, required: true },
    status: { type: String, required: true },
    version: { type: Number, required: true },
    attempts: { type: Number, required: true },
    nextAt: { type: Date, required: true },
    firstFailedAt: { type: Date, default: null },
    reason: { type: String, default: null },
    lease: { type: { token: String, until: Date }, default: null, _id: false },
    last: {
      type: {
        at: Date,
        timestamp: Date,
        scoreGiven: Number,
        scoreMaximum: Number,
        gradingProgress: String,
        activityProgress: String,
        comment: String,
        submittedAt: Date,
      },
      default: null,
      _id: false,
    },
  },
  indexes: [
    [{ institution: 1, key: 1 }, { unique: true }],
    [{ status: 1, nextAt: 1 }],
    [{ institution: 1, course: 1, status: 1 }],
    [{ institution: 1, person: 1 }],
  ],
  registry: [
    {
      fields: [
        'key',
        'platform',
        'course',
        'person',
        'item.kind',
        'item.link',
        'activityProgress',
        'gradingProgress',
        'scoreGiven',
        'scoreMaximum',
        'comment',
        'submittedAt',
        'decidedAt',
        'last.scoreGiven',
        'last.scoreMaximum',
        'last.gradingProgress',
        'last.activityProgress',
        'last.comment',
        'last.submittedAt',
      ],
      purpose: 'post the grade of a plan or task to the school’s own gradebook',
      audience: 'staff',
      retention: 'with the plan',
    },
    {
      fields: [
        'status',
        'version',
        'attempts',
        'nextAt',
        'firstFailedAt',
        'reason',
        'lease.token',
        'lease.until',
        'last.at',
        'last.timestamp',
      ],
      purpose: 'show how far a grade got, and try again',
      audience: 'staff',
      retention: 'with the plan',
    },
  ],
});

/** Puts the latest decision in the row; call it in the transaction that made the decision. */
export async function putDecision(decision: GradeDecision, platform: string, now: Date): Promise<void> {
  await Outbox.updateOne(
    { institution: decision.institution, key: gradeKey(decision) },
    {
      $set: {
        ...decision,
        platform,
        status: 'queued',
        attempts: 0,
        nextAt: now,
        firstFailedAt: null,
        reason: null,
      },
      $inc: { version: 1 },
    },
    { upsert: true },
  );
}

/**
 * Takes the next due row that no other worker holds. The lease token fences: only its holder may finish.
 * @param notPlatforms platforms that are busy or cooling down now
 */
export async function leaseNext(
  now: Date,
  leaseMs: number,
  notPlatforms: readonly string[],
): Promise<OutboxRow | null> {
  const doc = await Outbox.findOneAndUpdate(
    {
      status: { $in: ['queued', 'retrying'] },
      nextAt: { $lte: now },
      platform: { $nin: [...notPlatforms] },
      $or: [{ lease: null }, { 'lease.until': { $lt: now } }],
    },
    { $set: { lease: { token: newToken(12), until: new Date(now.getTime() + leaseMs) } } },
    { sort: { status: 1, nextAt: 1 }, returnDocument: 'after' },
  ).lean<OutboxDoc>();
  return doc && plain(doc);
}

/** Remembers the timestamp before it is sent, so that a crash after sending never reuses a lower one. */
export async function noteAttempt(row: OutboxRow): Promise<boolean> {
  const held = await Outbox.updateOne(heldBy(row), { $inc: { attempts: 1 } });
  return held.matchedCount === 1;
}

/**
 * Closes the lease. When a newer decision arrived meanwhile only what was sent is remembered and the
 * row stays queued. @returns false when the lease was lost: somebody else has the row now.
 */
export async function finish(row: OutboxRow, outcome: Outcome): Promise<boolean> {
  const { last, ...state } = outcome;
  const same = await Outbox.updateOne(
    { ...heldBy(row), version: row.version },
    { $set: { ...state, lease: null, ...(last ? { last } : {}) } },
  );
  if (same.matchedCount === 1) return true;
  const newer = await Outbox.updateOne(heldBy(row), { $set: { lease: null, ...(last ? { last } : {}) } });
  return newer.matchedCount === 1;
}

export type Outcome = Pick<OutboxRow, 'status' | 'reason'> &
  Partial<Pick<OutboxRow, 'nextAt' | 'firstFailedAt'>> & { last?: SentScore };

/** A person asks for another try of a row that stopped. @returns whether there was one. */
export async function requeue(
  institution: string,
  course: string,
  id: string,
  now: Date,
): Promise<OutboxRow | null> {
  const doc = await Outbox.findOneAndUpdate(
    { institution, course, _id: id, status: { $in: ['dead', 'retrying', 'skipped'] } },
    {
      $set: { status: 'queued', attempts: 0, nextAt: now, firstFailedAt: null, reason: null },
      $inc: { version: 1 },
    },
    { returnDocument: 'after' },
  ).lean<OutboxDoc>();
  return doc && plain(doc);
}

/** The rows of one course, those that need a person first. */
export async function listOfCourse(institution: string, course: string, limit = 500): Promise<OutboxRow[]> {
  const docs = await Outbox.find({ institution, course })
    .sort({ status: 1, nextAt: 1 })
    .limit(limit)
    .lean<OutboxDoc[]>();
  return docs.map(plain);
}

export async function listOfPerson(institution: string, person: string): Promise<OutboxRow[]> {
  return (await Outbox.find({ institution, person }).limit(200).lean<OutboxDoc[]>()).map(plain);
}

/** How many rows wait or failed, for the health page. */
export async function countByStatus(institution: string): Promise<Record<string, number>> {
  const groups = await Outbox.aggregate<{ _id: string; n: number }>([
    { $match: { institution } },
    { $group: { _id: '$status', n: { $sum: 1 } } },
  ]);
  return Object.fromEntries(groups.map(({ _id, n }) => [_id, n]));
}

function heldBy(row: OutboxRow): { _id: string; institution: string; 'lease.token': string } {
  return { _id: row.id, institution: row.institution, 'lease.token': row.lease?.token ?? '' };
}

/** Calls `changed` when a row was written; only a hint, so a stream that breaks is merely reopened. */
export function watchOutbox(changed: () => void, log: Log): () => Promise<void> {
  let stream: ReturnType<typeof Outbox.watch> | null = null;
  let closed = false;
  function open(): void {
    if (closed) return;
    stream = Outbox.watch([{ $match: { operationType: { $in: ['insert', 'update', 'replace'] } } }]);
    stream.on('change', changed);
    stream.on('error', reopen);
  }
  function reopen(error: unknown): void {
    if (closed) return;
    log.debug({ error: error instanceof Error ? error.name : 'unknown' }, 'the outbox stream is reopened');
    void stream?.close().catch(() => {});
    setTimeout(open, 1_000).unref();
  }
  open();
  return async () => {
    closed = true;
    await stream?.close().catch(() => {});
  };
}

/** How many grades are due now, of all schools. */
export async function countDueGrades(now: Date): Promise<number> {
  return Outbox.countDocuments({ status: { $in: ['queued', 'retrying'] }, nextAt: { $lte: now } });
}
