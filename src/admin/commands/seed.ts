import { rememberCourse, setAdvisory } from '../../courses/course.service.ts';
import { writeEnrolments } from '../../courses/enrolment.store.ts';
import type { Course, CourseRole } from '../../courses/course.ts';
import { institutionFor } from '../../institutions/institution.service.ts';
import { addPlatform, findPlatforms } from '../../lti/platform.store.ts';
import { getPerson, rememberPeople } from '../../people/person.service.ts';
import { listPlanRows } from '../../plans/plan.service.ts';
import { Plans } from '../../plans/planModel.store.ts';
import { Invalid } from '../../shared/errors.ts';
import { newId } from '../../shared/model.ts';
import { textOf, type Command } from '../command.ts';
import { seedPerson } from './seedPeople.ts';
import { seedPlan } from './seedPlans.ts';

/** An advisory group; each has an invented advisor. */
const COURSE_SIZE = 30;

/** An LMS that does not exist: registered, never active, so nothing can launch from it or be sent to it. */
const NOWHERE = 'https://lms.seed.invalid';

/**
 * Invents students with plans in every state, in advisory courses of 30, for benches and trying things out. The
 * same number makes the same students; again adds only what is missing.
 */
export const seed: Command = {
  name: 'seed',
  usage: 'seed --students N [--name SCHOOL] [--advisor PERSON] [--json]',
  options: {
    students: { type: 'string' },
    name: { type: 'string' },
    advisor: { type: 'string' },
    json: { type: 'boolean' },
  },
  run: async (args, { now, out }) => {
    const students = countOf(textOf(args, 'students'));
    const school = await institutionFor(textOf(args, 'name'), now);
    const place = { institution: school.id, platform: await platformFor(school.id, now) };
    const extra = textOf(args, 'advisor') ?? null;
    if (extra !== null) await getPerson(school.id, extra);
    const made: SeededCourse[] = [];
    for (let first = 0; first < students; first += COURSE_SIZE)
      made.push(
        await seedCourse(place, { first, count: Math.min(COURSE_SIZE, students - first), extra }, now),
      );
    if (args.options['json']) return out(JSON.stringify({ institution: school.id, students, courses: made }));
    out(`${school.name}: ${counted(students, 'student')} in ${counted(made.length, 'advisory course')}.`);
    out(`The first course is ${made[0]?.course ?? '-'}, its advisor ${made[0]?.advisor ?? '-'}.`);
  },
};

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

interface Place {
  institution: string;
  platform: string;
}

interface SeededCourse {
  course: string;
  advisor: string;
}

/** @throws Invalid */
function countOf(text: string | undefined): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000_000) return count;
  throw new Invalid([{ field: 'students', message: 'Say how many: --students N, from 1 to 1,000,000.' }]);
}

async function platformFor(institution: string, now: Date): Promise<string> {
  const clientId = `seed-${institution}`;
  const [known] = await findPlatforms(NOWHERE, clientId);
  if (known) return known.id;
  const added = await addPlatform({
    issuer: NOWHERE,
    clientId,
    family: 'generic',
    name: 'Invented students',
    authorizationEndpoint: `${NOWHERE}/authorize`,
    tokenEndpoint: `${NOWHERE}/token`,
    tokenAudience: `${NOWHERE}/token`,
    jwksUri: `${NOWHERE}/keys`,
    origins: [NOWHERE],
    status: 'inactive',
    // Of no school's own making: it is not offered for approval in the administrator's pages.
    invitedBy: 'operator',
    createdAt: now,
  });
  return added.id;
}

async function seedCourse(
  place: Place,
  { first, count, extra }: { first: number; count: number; extra: string | null },
  now: Date,
): Promise<SeededCourse> {
  const { institution, platform } = place;
  const number = first / COURSE_SIZE;
  const course = await advisoryCourse(place, number, now);
  const facts = [
    seedPerson('advisor', number),
    ...Array.from({ length: count }, (_, nth) => seedPerson('student', first + nth)),
  ];
  const people = await rememberPeople(institution, platform, facts, now, 'roster');
  const ids = facts.map(({ sub }) => people.get(sub) as string);
  const [advisor = '', ...students] = ids;
  const member = (person: string, sub: string, role: CourseRole) => ({
    institution,
    course: course.id,
    person,
    sub,
    role,
    active: true,
    source: 'roster' as const,
  });
  await writeEnrolments(
    [
      ...facts.map(({ sub }, nth) => member(ids[nth] as string, sub, nth === 0 ? 'teacher' : 'student')),
      ...(extra === null ? [] : [member(extra, `seed-extra-${extra}`, 'teacher')]),
    ],
    now,
  );
  await addPlans(institution, students, first, now);
  return { course: course.id, advisor };
}

async function advisoryCourse({ institution, platform }: Place, number: number, now: Date): Promise<Course> {
  const title = `Advisory group ${number + 1}`;
  const course = await rememberCourse(
    {
      institution,
      platform,
      deploymentId: 'seed',
      contextId: `seed-${number + 1}`,
      title,
      label: `ADV-${number + 1}`,
      nrpsUrl: null,
      lineItemsUrl: null,
      scopes: null,
    },
    now,
  );
  return course.advisory ? course : setAdvisory(institution, course.id, true, 'operator', now);
}

/** In one write, which keeps a large seed short; students who have a plan keep it. */
async function addPlans(
  institution: string,
  students: readonly string[],
  first: number,
  now: Date,
): Promise<void> {
  const known = new Set((await listPlanRows(institution, students)).map(({ person }) => person));
  const plans = students
    .map((person, nth) => seedPlan({ institution, person, index: first + nth }, now, newId))
    .filter(({ person }) => !known.has(person));
  await Plans.insertMany(
    plans.map((plan) => ({ _id: newId(), ...plan })),
    { lean: true },
  );
}
