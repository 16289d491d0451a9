import type { PageModel, Words } from '../shared/page.ts';
import type { Row } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Course } from './course.ts';
import type { MemberCounts } from './members.ts';
import { rosterText } from './rosterWords.ts';

declare module '../shared/page.ts' {
  interface Pages {
    'courses/list': CourseListPage;
  }
}

export interface CourseListPage extends PageModel {
  lede: string;
  heading: string;
  rows: readonly Row[];
  empty: { title: string; text: string } | null;
}

/** The courses somebody teaches, or all of the school for its administrators. */
export function courseListPage(
  words: Words,
  facts: { courses: readonly Course[]; counts: ReadonlyMap<string, MemberCounts>; isAll: boolean; now: Date },
): CourseListPage {
  const { t } = words;
  const { courses, counts, isAll, now } = facts;
  return {
    title: t('courses.title'),
    lede: t(isAll ? 'courses.ledeAll' : 'courses.lede'),
    heading: t(isAll ? 'courses.listAll' : 'courses.list'),
    rows: courses.map((course) => ({
      label: course.title,
      href: paths.course(course.id),
      hint: t('courses.rowHint', {
        students: counts.get(course.id)?.students ?? 0,
        roster: rosterText(words, course, t('courses.lms.generic'), now),
      }),
      state: course.roster.status === 'needs-a-person' || course.roster.status === 'failed' ? 'warn' : 'todo',
      status: course.advisory
        ? { label: t('courses.advisory'), tone: 'now' }
        : { label: t('courses.notAdvisory'), tone: 'plain' },
    })),
    empty: courses.length === 0 ? { title: t('courses.empty.title'), text: t('courses.empty.body') } : null,
  };
}
