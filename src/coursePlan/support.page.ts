import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { CourseFacts } from './courseFacts.ts';

/** What the advisor said about help, for the student to read. */
export interface CourseSupportPage extends PageModel {
  head: Head;
  heading: string;
  text: string;
  by: string | null;
  actions: Action[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'coursePlan/support': CourseSupportPage;
  }
}

export function courseSupportPage(
  words: Words,
  { courses }: CourseFacts,
  names: ReadonlyMap<string, string>,
  now: Date,
): CourseSupportPage {
  const { t, fmt } = words;
  const { support } = courses;
  const title = t('coursePlan.support.title');
  const heading = support
    ? t(support.needed ? 'coursePlan.support.needed' : 'coursePlan.support.none')
    : t('coursePlan.support.empty');
  return {
    title,
    head: {
      title,
      lede: t('coursePlan.support.lede'),
      back: { href: paths.coursePlan, label: t('coursePlan.back') },
    },
    heading,
    text: support ? support.text : t('coursePlan.support.emptyText'),
    by:
      support &&
      t('coursePlan.support.by', {
        name: names.get(support.by) ?? t('goals.advisor'),
        when: fmt.moment(support.at, now),
      }),
    actions: support?.needed
      ? [{ label: t('coursePlan.support.goals'), href: paths.newGoal, icon: 'flag' }]
      : [],
  };
}
