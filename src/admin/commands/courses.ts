import { listCourses, setAdvisory } from '../../courses/course.service.ts';
import type { Course } from '../../courses/course.ts';
import { listInstitutions } from '../../institutions/institution.store.ts';
import { NotFound } from '../../shared/errors.ts';
import { wordOf, type Command } from '../command.ts';

const list: Command = {
  name: 'courses list',
  usage: 'courses list [--json]',
  options: { json: { type: 'boolean' } },
  run: async (args, { out }) => {
    const schools = await listInstitutions();
    const names = new Map(schools.map(({ id, name }) => [id, name]));
    const courses = (await Promise.all(schools.map(({ id }) => listCourses(id)))).flat();
    if (args.options['json']) return out(JSON.stringify(courses));
    for (const one of courses) out(lineOf(one, names.get(one.institution) ?? one.institution));
    if (courses.length === 0)
      out('No course is known yet. A course appears when somebody opens Waymark in it.');
  },
};

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
