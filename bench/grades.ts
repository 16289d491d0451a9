/**
 * `grades`: N score rows of one course through the worker to an LMS of no known family that takes 20 ms an answer,
 * beside a bare loop at the worker's highest concurrency. Then every grade changes, and every fifth score request
 * meets a fault; there the worker's clock runs faster, so that an hour of waiting takes minutes.
 */
import { writeFileSync } from 'node:fs';
import { listEnrolments } from '../src/courses/enrolment.store.ts';
import type { Course, Enrolment } from '../src/courses/course.ts';
import type { GradeDecision } from '../src/jobs/grade.ts';
import { enqueue } from '../src/jobs/enqueue.ts';
import type { Fault } from '../src/practice/faults.ts';
import { buildSchool } from '../src/practice/school.ts';
import { scope } from '../src/practice/uris.ts';
import type { RosterMeasure } from './child/worker.ts';
import { connectCourse, EVERYBODYS, tokenOf, type ConnectedCourse } from './connectCourse.ts';
import { inParallel, rounded } from './numbers.ts';
import type { Child } from './process.ts';
import { verdict, type Result } from './result.ts';
import type { Options } from './run.ts';
import { startWaymark, startWorker, withBench, type Bench } from './setup.ts';

const LATENCY_MS = 20;
/** The worker's most requests at once to one platform (src/jobs/pace.ts). */
const AT_ONCE = 16;
const FAULT_SHARE = 0.2;
const FAULT_PACE = 60;
const MOST_MS = 540_000;

/** What LMSs do on a bad day: in turn, one of them for each fault. */
const FAULTS: readonly Fault[] = [
  { status: 500 },
  { status: 503, retryAfter: 2 },
  { status: 429, retryAfter: 1 },
  { cut: 'before' },
  { cut: 'after' },
  { status: 200, body: '<!doctype html><title>Sign in</title>', contentType: 'text/html' },
];

interface Run {
  perSecond: number;
  /** Cells of the LMS's gradebook that hold the value that was decided last. */
  right: number;
  /** Outbox rows by where they ended. */
  rows: Record<string, number>;
}

export async function gradesBench(options: Options): Promise<Result> {
  const rows = Number(options.rows ?? 1_000);
  const school = buildSchool({ students: rows, advisees: 28 });
  return withBench(options, { school, latencyMs: LATENCY_MS }, async (bench) => {
    // Its key set is what the LMS checks the worker's token requests with.
    await startWaymark(bench);
    const connected = await connectCourse(bench, 'moodle', 'generic');
    const worker = await startWorker(bench);
    const students = await readStudents(connected, worker);
    const classroom = { connected, worker, students };
    if (options.profile) await worker.ask('profile');
    const healthy = await run(bench, classroom, (index) => index % 101, 1);
    if (options.profile) writeFileSync(options.profile, JSON.stringify(await worker.ask('profile')));
    bench.say(`  healthy: ${healthy.perSecond} scores/s, ${healthy.right} of ${students.length} right`);
    const bare = await bareLoop(bench, classroom);
    bench.say(`  bare loop at ${AT_ONCE}: ${bare} scores/s`);
    injectFaults(bench);
    const faulty = await run(bench, classroom, (index) => (index + 37) % 101, FAULT_PACE);
    bench.say(`  with faults: ${faulty.right} of ${students.length} right ${JSON.stringify(faulty.rows)}`);
    return report(bench, { healthy, faulty, bare, total: students.length });
  });
}

interface Classroom {
  connected: ConnectedCourse;
  worker: Child;
  students: Enrolment[];
}

async function readStudents({ course }: ConnectedCourse, worker: Child): Promise<Enrolment[]> {
  const { institution, id } = course;
  await worker.ask<RosterMeasure>('roster', { institution, course: id });
  return (await listEnrolments(institution, id)).filter(({ role }) => role === 'student');
}

/** Decides a grade for each student, lets the worker post them, and looks into the LMS's gradebook. */
async function run(
  bench: Bench,
  { connected, worker, students }: Classroom,
  valueOf: (index: number) => number,
  pace: number,
): Promise<Run> {
  const { course } = connected;
  const wanted = new Map<string, number>();
  await inParallel(students.length, 8, async (index) => {
    const { person, sub } = students[index] as Enrolment;
    wanted.set(sub, valueOf(index));
    await enqueue(decisionOf(course, person, valueOf(index)));
  });
  const asked = { institution: course.institution, pace, mostMs: MOST_MS };
  const { ms, rows } = await worker.ask<{ ms: number; rows: Record<string, number> }>('grades', asked);
  return { perSecond: rounded((students.length * 1_000) / ms, 1), right: rightCells(bench, wanted), rows };
}

function decisionOf({ institution, id }: Course, person: string, scoreGiven: number): GradeDecision {
  return {
    institution,
    course: id,
    person,
    item: { kind: 'plan' },
    activityProgress: 'InProgress',
    gradingProgress: 'FullyGraded',
    scoreGiven,
    scoreMaximum: 100,
    comment: `${scoreGiven} of 100 parts of the plan are done.`,
    submittedAt: null,
    decidedAt: new Date(),
  };
}

function rightCells(bench: Bench, wanted: ReadonlyMap<string, number>): number {
  const lms = bench.lms.manners.moodle;
  const cells = lms.gradebook(EVERYBODYS).filter(({ resourceId }) => resourceId === 'waymark:plan');
  // The LMS counts in shares of the column's maximum, so 29 comes back as 28.999999999999996.
  const isRight = (score: number | null, value = NaN): boolean => Math.abs((score ?? NaN) - value) < 0.005;
  return cells.filter(({ person, score }) => isRight(score, wanted.get(lms.person(person).userId))).length;
}

/** @returns scores per second of a plain loop, into a column of its own */
async function bareLoop(bench: Bench, { connected, worker, students }: Classroom): Promise<number> {
  const { lineItemsUrl } = connected.course;
  const created = await fetch(lineItemsUrl ?? '', {
    method: 'POST',
    headers: {
      authorization: `Bearer ${tokenOf(bench, connected, scope.lineItem)}`,
      'content-type': 'application/vnd.ims.lis.v2.lineitem+json',
    },
    body: JSON.stringify({ label: 'Bare loop', scoreMaximum: 100 }),
  });
  const url = new URL(((await created.json()) as { id: string }).id);
  url.pathname += '/scores';
  const token = tokenOf(bench, connected, scope.score);
  const asked = { url: url.href, token, users: students.map(({ sub }) => sub), atOnce: AT_ONCE };
  const { ms } = await worker.ask<RosterMeasure>('bareScores', asked);
  return rounded((students.length * 1_000) / ms, 1);
}

/** Every score request has a chance of one in five to meet the next fault; the same ones in each run. */
function injectFaults(bench: Bench): void {
  const chance = seeded(20_260_824);
  for (const [index, fault] of FAULTS.entries()) {
    // They are asked in turn, so each gets its part of what the others left.
    const share = FAULT_SHARE / FAULTS.length / (1 - (index * FAULT_SHARE) / FAULTS.length);
    const path = Object.assign(/scores/, {
      test: (text: string) => text.includes('/scores') && chance() < share,
    });
    bench.lms.manners.moodle.failNext({ ...fault, path, times: Number.MAX_SAFE_INTEGER });
  }
}

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function report(
  bench: Bench,
  { healthy, faulty, bare, total }: { healthy: Run; faulty: Run; bare: number; total: number },
): Result {
  const right = Math.min(healthy.right, faulty.right);
  bench.say(verdict('scores per second', healthy.perSecond, '>=', 300));
  bench.say(verdict('final values right', right, '>=', total));
  return {
    bench: 'grades',
    ours: healthy.perSecond,
    baseline: bare,
    ratio: rounded(healthy.perSecond / bare, 3),
    perSecond: healthy.perSecond,
    right,
    total,
    unit: 'scores per second, healthy; right: the smaller of both runs',
    healthy,
    faulty: { ...faulty, faultShare: FAULT_SHARE, clock: `${FAULT_PACE} times as fast` },
  };
}
