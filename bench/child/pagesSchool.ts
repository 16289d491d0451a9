/**
 * Fills the database of one measured Waymark with a school of N plans, straight into the collections, and signs in
 * the people whose pages are measured. A process of its own, for a process has one database.
 */
import mongoose from 'mongoose';
import { readEnv } from '../../config/env.ts';
import { seedPerson } from '../../src/admin/commands/seedPeople.ts';
import { seedPlan } from '../../src/admin/commands/seedPlans.ts';
import { compose } from '../../src/compose.ts';
import { institutionFor } from '../../src/institutions/institution.service.ts';
import { auditOf } from '../../src/pathways/audit.ts';
import { startReview } from '../../src/plans/review.service.ts';
import { SESSION_COOKIE } from '../../src/sessions/session.ts';
import { startSession } from '../../src/sessions/session.service.ts';
import { newId } from '../../src/shared/model.ts';
import { createLog } from '../../src/shared/log.ts';
import { connectMongo } from '../../src/shared/mongo.ts';
import { aBigAudit } from '../../test/support/courses.ts';
import { median } from '../numbers.ts';
import { fillPlan } from '../students.ts';
import { coursesOf, coursesTaken, GROUP, GROUPS, type Docs, type School } from './pagesCourses.ts';
import { aroundPlan } from './pagesAround.ts';
import type { Answer, Question } from './ask.ts';

const env = readEnv();
await connectMongo(env.MONGODB_URI);
// It puts the keys in place that plans and events are written with.
compose({ env, log: createLog('warn') });

const CASELOAD = GROUP * GROUPS;
/** Of the measured caseload, so many students are looked at. */
const SHOWN = 10;
const AT_ONCE = 2_000;

/** Who looks at what; cookies are `name=token`. */
export interface SeededSchool {
  students: { cookie: string }[];
  advisor: { cookie: string };
  /** Students of theirs whose plan they review, by id. */
  inReview: string[];
  plans: number;
}

const now = new Date();

async function seed({ plans }: { plans: number }): Promise<SeededSchool> {
  const { id: institution } = await institutionFor('Bench school', now);
  const groups = Array.from({ length: Math.ceil(plans / GROUP) }, newId);
  const advisors = Array.from({ length: Math.ceil(groups.length / GROUPS) }, newId);
  const school = { institution, groups, advisors, now };
  await insert(coursesOf(school));
  const shown: string[] = [];
  for (let first = 0; first < plans; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, plans - first);
    const people = Array.from({ length: count }, newId);
    if (first === 0) shown.push(...people.slice(0, CASELOAD));
    await insert(studentsOf(school, people, first));
  }
  return signIn(school, shown, plans);
}

/** All documents of some students: the first ones of the school are the measured caseload. */
function studentsOf(school: School, people: readonly string[], first: number): Docs {
  const { institution } = school;
  const docs: Required<Pick<Docs, 'people' | 'plans'>> & Docs = { people: [], plans: [] };
  for (const [nth, id] of people.entries()) {
    const index = first + nth;
    const { sub: _sub, lmsUserId: _id, ...facts } = seedPerson('student', index);
    docs.people.push({ _id: id, institution, ...facts, createdAt: now });
    // The first ones write their plan themselves, below.
    const plan = { _id: newId(), ...seedPlan({ institution, person: id, index }, now, newId) };
    if (index >= SHOWN) docs.plans.push(plan);
    add(docs, coursesTaken(school, id, index));
    if (index >= SHOWN) add(docs, aroundPlan(school, plan, index));
  }
  return docs;
}

function add(docs: Docs, more: Docs): void {
  for (const [name, some] of Object.entries(more)) (docs[name] ??= []).push(...some);
}

async function insert(docs: Docs): Promise<void> {
  for (const [name, some] of Object.entries(docs))
    if (some.length > 0)
      await mongoose.connection
        .collection(name)
        .insertMany(some as never, { ordered: false, writeConcern: { w: 1 } });
}

async function signIn(school: School, people: readonly string[], plans: number): Promise<SeededSchool> {
  const { institution } = school;
  const [advisor = ''] = school.advisors;
  const actor = { institution, person: advisor, role: 'advisor', via: null } as const;
  const waiting = await mongoose.connection
    .collection('plans')
    .find({ institution, state: 'submitted', person: { $in: [...people] } })
    .limit(SHOWN)
    .toArray();
  const inReview = waiting.map(({ person }) => person as string);
  for (const student of inReview) await startReview(actor, student, now);
  const students: SeededSchool['students'] = [];
  for (const person of people.slice(0, SHOWN)) {
    await fillPlan(institution, person, now);
    const [plan] = await mongoose.connection.collection('plans').find({ institution, person }).toArray();
    await insert(aroundPlan(school, plan as never, students.length));
    students.push({ cookie: await cookieOf(institution, person, 'student') });
  }
  return { students, advisor: { cookie: await cookieOf(institution, advisor, 'staff') }, inReview, plans };
}

async function cookieOf(institution: string, person: string, standing: 'student' | 'staff'): Promise<string> {
  const { token } = await startSession(
    {
      institution,
      person,
      standing,
      name: 'Bench Person',
      platform: 'bench',
      deployment: 'bench',
      administrator: false,
      testUser: false,
      masquerader: null,
      locale: 'en',
      zone: 'America/New_York',
      returnUrl: null,
      frameOrigin: null,
      frameAncestors: [],
    },
    now,
  );
  return `${SESSION_COOKIE}=${token}`;
}

/** The audit alone, as a pure function: 60 courses by 4 sets. @returns ms at the median */
async function audit(): Promise<number> {
  const input = aBigAudit();
  const times = Array.from({ length: 200 }, () => {
    const start = performance.now();
    auditOf(input);
    return performance.now() - start;
  });
  return median(times.slice(50));
}

const JOBS: Record<string, (asked: never) => Promise<unknown>> = { seed, audit };

process.on('message', ({ id, ask, with: given }: Question) => {
  const answer = (rest: Omit<Answer, 'id'>): void => void process.send?.({ id, ...rest });
  JOBS[ask]?.(given as never).then(
    (value) => answer({ value }),
    (error: unknown) =>
      answer({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
process.channel?.ref();
process.send?.({ id: 0 } satisfies Answer);
