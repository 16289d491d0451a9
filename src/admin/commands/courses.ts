import { listCourses, setAdvisory } from '../../courses/course.service.ts';
import type { Course } from '../../courses/course.ts';
import { listInstitutions } from '../../institutions/institution.store.ts';
import { NotFound } from '../../shared/errors.ts';
import { listCommand, wordOf, type Command } from '../command.ts';

const list = listCommand<Course>({
  name: 'courses list',
  load: async () => {
    const schools = await listInstitutions();
    return (await Promise.all(schools.map(({ id }) => listCourses(id)))).flat();
  },
  lines: async (all) => {
    const names = new Map((await listInstitutions()).map(({ id, name }) => [id, name]));
    return all.map((one) => lineOf(one, names.get(one.institution) ?? one.institution));
  },
  none: 'No course is known yet. A course appears when somebody opens Waymark in it.',
});

function lineOf({ id, advisory, roster, title }: Course, school: string): string {
  const mark = advisory ? 'advisory' : '-';
  return `${id}  ${mark.padEnd(8)}  roster ${roster.status} (${roster.members})  ${title}  ${school}`;
}

const advisory: Command = {
  name: 'courses advisory',
  usage: 'courses advisory ID [--off] [--json]',
  words: 1,
  options: { off: { type: 'boolean' }, json: { type: 'boolean' } },
  run: async (args, { now, out }) => {
    const { institution, id } = await courseNamed(wordOf(args, 0));
    const course = await setAdvisory(institution, id, args.options['off'] !== true, 'operator', now);
    if (args.options['json']) return out(JSON.stringify(course));
    out(
      course.advisory
        ? `${course.title} is an advisory course: its teachers advise its students.`
        : `${course.title} is no longer an advisory course.`,
    );
  },
};

/** An operator names a course by its id alone, whatever its school. @throws NotFound */
async function courseNamed(id: string): Promise<Course> {
  for (const { id: institution } of await listInstitutions()) {
    const [found] = await listCourses(institution, [id]);
    if (found) return found;
  }
  throw new NotFound(`no course ${id}`);
}

export const courses: readonly Command[] = [list, advisory];
