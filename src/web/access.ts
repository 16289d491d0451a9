import {
  relationTo,
  standingIn,
  teachesAnywhere,
  type CourseStanding,
} from '../courses/enrolment.service.ts';
import type { Relation, Viewer } from '../people/viewer.ts';
import { findPerson } from '../people/person.service.ts';
import { Forbidden, NotFound } from '../shared/errors.ts';
import type { Access, Declaration } from './route.ts';

/** What was found out about the viewer and the route's student or course. */
export interface Decision {
  relation: Relation;
  standing: CourseStanding;
  student: string;
}

interface Asked {
  viewer: Viewer;
  params: Record<string, string>;
  now: Date;
}

const NOBODY: Decision = { relation: 'none', standing: 'none', student: '' };

/**
 * The one place that decides. Not related at all: NotFound, as if the thing did not exist. Related, but
 * this is not theirs to do: Forbidden.
 */
export async function decide(
  declaration: Declaration,
  viewer: Viewer,
  params: Record<string, string>,
  now: Date,
): Promise<Decision> {
  const { who } = declaration;
  switch (who.of) {
    case 'anyone':
      return NOBODY;
    case 'self':
      return who.as === undefined || who.as === viewer.launchedAs ? NOBODY : forbid(viewer, who);
    case 'administrator':
      return viewer.administrator ? NOBODY : forbid(viewer, who);
    case 'staff':
      return decideStaff(who, viewer);
    case 'student':
      return decideStudent(declaration, who, { viewer, params, now });
    case 'course':
      return decideCourse(declaration, who, { viewer, params, now });
  }
}

async function decideStaff(who: Access & { of: 'staff' }, viewer: Viewer): Promise<Decision> {
  if (who.administrator && viewer.administrator) return NOBODY;
  const teaches = await teachesAnywhere(viewer.institution, viewer.person);
  return teaches ? NOBODY : forbid(viewer, who);
}

async function decideStudent(
  { owner }: Declaration,
  who: Access & { of: 'student' },
  { viewer, params, now }: Asked,
): Promise<Decision> {
  const id = params[who.param] ?? '';
  const student = owner ? await owner(viewer.institution, id) : id;
  if (student === null) throw new NotFound(`${who.param} ${id}`);
  const relation = await relationTo(viewer, student, now);
  if (relation !== 'none' && who.relations.includes(relation)) return { ...NOBODY, relation, student };
  if (who.administrator && viewer.administrator && (await findPerson(viewer.institution, student)))
    return { ...NOBODY, relation, student };
  if (relation === 'none') throw new NotFound(`${who.param} ${id} is not related to the viewer`);
  return forbid(viewer, who);
}

async function decideCourse(
  { owner }: Declaration,
  who: Access & { of: 'course' },
  { viewer, params }: Asked,
): Promise<Decision> {
  const named = params[who.param] ?? '';
  const id = owner ? await owner(viewer.institution, named) : named;
  if (id === null) throw new NotFound(`${who.param} ${named}`);
  const standing = await standingIn(viewer, id);
  if (standing !== 'none' && who.standings.includes(standing)) return { ...NOBODY, standing };
  if (who.administrator && viewer.administrator) return { ...NOBODY, standing };
  if (standing === 'none') throw new NotFound(`course ${id} is not the viewer's`);
  return forbid(viewer, who);
}

function forbid(viewer: Viewer, who: Access): never {
  throw new Forbidden(`${viewer.person} may not use a route for ${who.of}`);
}
