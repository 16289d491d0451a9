import { z } from 'zod';
import { familiesOf } from '../courses/families.service.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, type Declaration } from '../web/route.ts';
import { caseloadPage, emptyCaseloadPage } from './caseload.page.ts';
import { caseloadOf } from './caseload.service.ts';
import { CURSOR, SORTS, VIEWS } from './caseload.ts';

/** A choice that does not exist any more (an old bookmark) shows the usual list instead of an error. */
const Query = z.object({
  course: Id.nullable().catch(null).default(null),
  view: z.enum(VIEWS).catch('all').default('all'),
  q: z.string().trim().max(100).catch('').default(''),
  sort: z.enum(SORTS).catch('needs').default('needs'),
  after: z.string().regex(CURSOR).catch('').default(''),
});

export function caseloadRoutes(): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.caseload,
      who: { of: 'staff' },
      changes: [],
      query: Query,
      handle: async ({ viewer, query, now, res }) => {
        const { courses, cases } = await caseloadOf(viewer.institution, viewer.person, query.course);
        const words = wordsOf(res);
        if (cases.length === 0 && query.course === null)
          return page(res, 'caseload/empty', emptyCaseloadPage(words, courses));
        const families = await familiesOf(courses, now);
        page(res, 'caseload/index', caseloadPage(words, { courses, families, cases, query, now }));
      },
    }),
  ];
}
