import { lmsNameOf } from '../lti/lmsName.ts';
import type { LmsFamily } from '../lti/platform.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Chip } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Course } from './course.ts';
import type { MemberCounts } from './members.ts';
import { capital, rosterText } from './rosterWords.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'courses/list': CourseListPage;
  }
}

export interface CourseListPage extends PageModel {
  lede: string;
  heading: string;
  items: readonly { title: string; href: string; sub: string; status: Chip | null }[];
  empty: { title: string; text: string } | null;
}

/** The courses somebody teaches, or all of the school for its administrators. */
export function courseListPage(
  words: Words,
  facts: {
    courses: readonly Course[];
    counts: ReadonlyMap<string, MemberCounts>;
    families: ReadonlyMap<string, LmsFamily>;
    isAll: boolean;
    now: Date;
  },
): CourseListPage {
  const { t } = words;
  const { courses, counts, families, isAll, now } = facts;
  return {
    title: t('courses.title'),
    lede: t(isAll ? 'courses.ledeAll' : 'courses.lede'),
    heading: t(isAll ? 'courses.listAll' : 'courses.list'),
    items: courses.map((course) => {
      const lms = t(lmsNameOf(families.get(course.platform)));
      const students = counts.get(course.id)?.students ?? 0;
      return {
        title: course.title,
        href: paths.course(course.id),
        sub: t('courses.rowHint', {
          lms: capital(lms),
          students,
          roster: rosterText(words, course, lms, now),
        }),
        status: statusOf(words, course),
      };
    }),
    empty: courses.length === 0 ? { title: t('courses.empty.title'), text: t('courses.empty.body') } : null,
  };
}

/** What needs a person first, else whether its teachers advise. */
function statusOf({ t }: Words, { roster, advisory }: Course): Chip | null {
  if (roster.status === 'needs-a-person' || roster.status === 'failed')
    return {
      label: t(`courses.roster.chip.${roster.status === 'needs-a-person' ? 'needsAPerson' : roster.status}`),
      tone: 'warn',
      icon: 'warn',
    };
  return advisory ? { label: t('courses.advisory'), tone: 'now' } : null;
}
