import { gradeStatus, type GradeStatus } from './gradeStatus.ts';
import { listOfPerson } from './outbox.store.ts';

/** How far each grade of a student got: the plan's first, then tasks, the newest first. */
export async function gradeStatusesOf(institution: string, person: string): Promise<GradeStatus[]> {
  const statuses = (await listOfPerson(institution, person)).map(gradeStatus);
  const plans = statuses.filter(({ item }) => item.kind === 'plan');
  const tasks = statuses.filter(({ item }) => item.kind === 'task');
  return [...plans, ...tasks.toSorted((a, b) => b.at.getTime() - a.at.getTime())];
}
