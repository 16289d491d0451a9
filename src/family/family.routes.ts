import { z } from 'zod';
import { advisorsOf } from '../courses/members.service.ts';
import { wardsOf } from '../people/family.service.ts';
import { namesOf } from '../people/names.service.ts';
import { findPeople, getPerson } from '../people/person.service.ts';
import { findPlan } from '../plans/plan.service.ts';
import { Id } from '../shared/model.ts';
import { currentFramework, frameworkOf } from '../frameworks/framework.service.ts';
import { readParts } from '../plans/parts.service.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import { familyListPage, familyPage, type FamilyFacts } from './family.page.ts';

/** What a family reads: their children, and one child's plan in plain words. */
export function familyRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.family,
      who: { of: 'self' },
      changes: [],
      handle: async ({ viewer: { institution, person }, now, res }) => {
        const wards = await wardsOf(institution, person, now);
        const [only] = wards;
        if (only && wards.length === 1) return seeOther(res, paths.ward(only));
        page(res, 'family/list', familyListPage(wordsOf(res), await childrenOf(institution, wards)));
      },
    }),
    route({
      method: 'get',
      path: paths.ward(':person'),
      who: { of: 'student', param: 'person', relations: ['family'] },
      changes: [],
      params: z.object({ person: Id }),
      handle: async ({ student, viewer: { institution }, res }) => {
        const [child, plan, advisors] = await Promise.all([
          getPerson(institution, student),
          findPlan(institution, student),
          namedAdvisors(institution, student),
        ]);
        const words = wordsOf(res);
        const framework = plan ? await frameworkOf(plan) : await currentFramework(institution);
        const parts = plan ? await readParts(plan, words) : [];
        page(res, 'family/show', familyPage(words, { child, plan, framework, parts, advisors }));
      },
    }),
  ];
}

async function childrenOf(
  institution: string,
  wards: readonly string[],
): Promise<Parameters<typeof familyListPage>[1]> {
  const people = await findPeople(institution, wards);
  return Promise.all(
    people.map(async ({ id, name, given }) => {
      const plan = await findPlan(institution, id);
      return { person: id, name, given, plan };
    }),
  );
}

async function namedAdvisors(institution: string, student: string): Promise<FamilyFacts['advisors']> {
  const advisors = await advisorsOf(institution, student);
  const names = await namesOf(
    institution,
    advisors.map(({ person }) => person),
  );
  return advisors.flatMap(({ person, course }) => {
    const name = names.get(person);
    return name === undefined ? [] : [{ name, course: course.title }];
  });
}
