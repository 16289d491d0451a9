import { advisorsOf } from '../courses/members.service.ts';
import { coursesOf } from '../courses/enrolment.service.ts';
import { listFiles, roomOf } from '../files/file.service.ts';
import type { StoredFile } from '../files/file.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { namesOf } from '../people/names.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { getPlan, newPlan, yearAt } from '../plans/plan.service.ts';
import type { Plan } from '../plans/plan.ts';
import { listLinksOf } from '../tasks/link.service.ts';
import { listTasksOf } from '../tasks/task.service.ts';
import type { OwnTies } from './evidenceForm.ts';
import { portfolioOf } from './evidence.service.ts';
import type { PortfolioFacts, Tie } from './portfolioFacts.ts';
import { SKILL_KEYS } from '../skills/skill.ts';

/** @throws NotFound when the student has no plan here */
export async function portfolioFactsOf(
  institution: string,
  student: string,
  now: Date,
): Promise<PortfolioFacts> {
  const [plan, items, { zone }, courses, tasks, staff] = await Promise.all([
    getPlan(institution, student),
    portfolioOf(institution, student),
    settingsOf(institution),
    coursesOf(institution, student),
    listTasksOf(institution, student),
    advisorsOf(institution, student),
  ]);
  const titles = await titlesOf(institution, tasks);
  const names = await namesOf(institution, [
    ...staff.map(({ person }) => person),
    ...items.map(({ confirmedBy }) => confirmedBy),
  ]);
  return {
    plan,
    items,
    goals: goalsOf(plan),
    courses: courses.map(({ id, title }) => ({ id, label: title })),
    tasks: tasks
      .map(({ id, link }) => ({ id, label: titles.get(link) ?? '' }))
      .filter(({ label }) => label !== ''),
    advisors: staff.flatMap(({ person }) => names.get(person) ?? []),
    names,
    today: schoolDay(now, zone),
    now,
  };
}

/** The viewer's own portfolio. Canvas's Student View gets an empty one to look at, kept nowhere (lms.md 6.4). */
export async function ownPortfolio(viewer: Viewer, now: Date): Promise<PortfolioFacts> {
  const { institution, person, testUser } = viewer;
  if (!testUser) return portfolioFactsOf(institution, person, now);
  const [{ zone }, year] = await Promise.all([settingsOf(institution), yearAt(institution, now)]);
  const plan = { ...newPlan({ institution, person, year }, now), id: 'sandbox' };
  const nothing = {
    items: [],
    goals: [],
    courses: [],
    tasks: [],
    advisors: [],
    names: new Map<string, string>(),
  };
  return { plan, ...nothing, today: schoolDay(now, zone), now };
}

/** What the student may tie evidence to. */
export function ownTies({ goals, courses, tasks }: PortfolioFacts): OwnTies {
  const ids = (ties: readonly Tie[]): Set<string> => new Set(ties.map(({ id }) => id));
  return { goals: ids(goals), courses: ids(courses), tasks: ids(tasks), skills: new Set(SKILL_KEYS) };
}

/** Files given before that can be used again. */
export async function earlierFiles({ institution, person, testUser }: Viewer): Promise<StoredFile[]> {
  return testUser ? [] : listFiles({ institution, person });
}

/** What the viewer's files take, in bytes. */
export async function roomOfViewer({ institution, person, testUser }: Viewer): Promise<number> {
  return testUser ? 0 : (await roomOf({ institution, person })).bytes;
}

function goalsOf({ goals }: Plan): Tie[] {
  return goals
    .filter(({ status, statement }) => status !== 'dropped' && statement !== '')
    .map(({ id, statement }) => ({ id, label: statement }));
}

async function titlesOf(
  institution: string,
  tasks: readonly { course: string }[],
): Promise<Map<string, string>> {
  const courses = [...new Set(tasks.map(({ course }) => course))];
  const links = await Promise.all(courses.map((course) => listLinksOf(institution, course)));
  return new Map(links.flat().map(({ id, title }) => [id, title]));
}
