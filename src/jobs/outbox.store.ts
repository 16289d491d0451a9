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
    tried: { type: [Number], default: [] },
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
    // The platform is in it so that rows of a busy LMS are passed over without being fetched.
    [{ status: 1, nextAt: 1, platform: 1 }],
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
        'tried',
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

/** For which LMSs a worker may take rows now. */
export interface Room {
  /** Platforms that are busy or cooling down. */
  full: readonly string[];
  /** How many rows more of one platform. */
  of(platform: string): number;
}

/** Due rows looked at in one go; more than a worker posts at once to any platform. */
const LOOK_AT = 64;

/**
 * Takes due rows that no other worker holds, the oldest first, as many as there is room for. The lease token fences:
 * only its holder may finish. An attempt is counted before it is made, so that a row which ends its worker is
 * not tried for ever.
 */
export async function leaseDue(now: Date, leaseMs: number, room: Room): Promise<OutboxRow[]> {
  const due = {
    status: { $in: ['queued', 'retrying'] as const },
    nextAt: { $lte: now },
    $or: [{ lease: null }, { 'lease.until': { $lt: now } }],
  };
  const found = await Outbox.find({ ...due, platform: { $nin: [...room.full] } })
    .sort({ status: 1, nextAt: 1 })
    .limit(LOOK_AT)
    .select('platform')
    .lean<Pick<OutboxDoc, '_id' | 'platform'>[]>();
  const wanted = withinRoom(found, room);
  if (wanted.length === 0) return [];
  const lease = { token: newToken(12), until: new Date(now.getTime() + leaseMs) };
  const mine = { _id: { $in: wanted }, 'lease.token': lease.token };
  // Another worker may have taken some of them meanwhile: the filter leaves it those.
  await Outbox.updateMany({ ...due, _id: { $in: wanted } }, { $set: { lease }, $inc: { attempts: 1 } });
  return (await Outbox.find(mine).lean<OutboxDoc[]>()).map(plain);
}

function withinRoom(found: readonly Pick<OutboxDoc, '_id' | 'platform'>[], room: Room): string[] {
  const taken = new Map<string, number>();
  return found.flatMap(({ _id, platform }) => {
    const before = taken.get(platform) ?? 0;
    if (before >= room.of(platform)) return [];
    taken.set(platform, before + 1);
    return [_id];
  });
}

/** Whether this worker still has the row. */
export async function holdsLease(row: OutboxRow): Promise<boolean> {
  return (await Outbox.exists(heldBy(row))) !== null;
}

/** Most attempts whose answer was lost that are remembered. */
const MOST_TRIED = 10;

/**
 * Closes the lease. When a newer decision arrived meanwhile only what was sent is remembered and the
 * row stays queued. @returns false when the lease was lost: somebody else has the row now.
 */
export async function finish(row: OutboxRow, outcome: Outcome): Promise<boolean> {
  const { last, unsure, ...state } = outcome;
  const sent = { lease: null, ...(last ? { last, tried: [] } : {}) };
  const push = unsure === undefined ? {} : { $push: { tried: { $each: [unsure], $slice: -MOST_TRIED } } };
  const same = await Outbox.updateOne(
    { ...heldBy(row), version: row.version },
    { $set: { ...state, ...sent }, ...push },
  );
  if (same.matchedCount === 1) return true;
  const newer = await Outbox.updateOne(heldBy(row), { $set: sent, ...push });
  return newer.matchedCount === 1;
}

export type Outcome = Pick<OutboxRow, 'status' | 'reason'> &
  Partial<Pick<OutboxRow, 'nextAt' | 'firstFailedAt' | 'attempts'>> & {
    last?: SentScore;
    /** Share of the maximum that the LMS may have taken although no good answer came. */
    unsure?: number;
  };

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

/** Calls `changed` when a decision was written; only a hint, so a stream that breaks is merely reopened. */
export function watchOutbox(changed: () => void, log: Log): () => Promise<void> {
  let stream: ReturnType<typeof Outbox.watch> | null = null;
  let closed = false;
  function open(): void {
    if (closed) return;
    // Only decisions raise the version: what workers write of a row wakes nobody.
    const decided = { 'updateDescription.updatedFields.version': { $exists: true } };
    stream = Outbox.watch([{ $match: { $or: [{ operationType: 'insert' }, decided] } }]);
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
