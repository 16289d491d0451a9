import { errorOf } from '../shared/fieldErrors.ts';
import type { Option } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { OverviewReady, Talk } from './overviewFacts.ts';
import { partsBegun } from './credit.ts';
import { sectionsOf, type Plan } from './plan.ts';
import { sectionName } from './review.ts';
import { spokenBy } from './thread.page.ts';
import { LONGEST_COMMENT } from './comment.ts';

/** How many comments stand on the overview; the plan shows all. */
const NEWEST = 8;

export function talkOf(ready: OverviewReady, plan: Plan): Talk {
  const { words, comments, viewer, student } = ready;
  const { t } = words;
  const newest = comments.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, NEWEST);
  return {
    comments: newest.toReversed().map((said) => {
      const spoken = spokenBy(words, said, { ...ready, student: student.id, viewer: viewer.person });
      const section = sectionName(plan, said.section, t);
      return { ...spoken, when: t('overview.said', { when: spoken.when, section }) };
    }),
    older: comments.length > NEWEST ? t('overview.older', { count: NEWEST }) : null,
    form: viewer.isAdvisor ? formOf(ready, plan, newest[0]?.section ?? 'plan') : null,
  };
}

function formOf(
  { words: { t }, student, called, typed, errors }: OverviewReady,
  plan: Plan,
  last: string,
): Talk['form'] {
  const sections: Option[] = (['plan', ...sectionsOf(plan, partsBegun(plan))] as const).map((section) => ({
    value: section,
    label: sectionName(plan, section, t),
  }));
  return {
    action: paths.studentComments(student.id),
    text: {
      name: 'text',
      label: t('overview.write'),
      kind: 'textarea',
      rows: 3,
      compact: true,
      value: typed?.text ?? '',
      error: errorOf(errors, 'text'),
      maxLength: LONGEST_COMMENT,
    },
    section: {
      name: 'section',
      label: t('overview.about'),
      kind: 'select',
      compact: true,
      value: typed?.section ?? last,
      options: sections,
      error: errorOf(errors, 'section'),
    },
    visibility: {
      name: 'visibility',
      label: t('overview.reads'),
      kind: 'select',
      compact: true,
      value: typed?.visibility ?? 'plan',
      options: [
        { value: 'plan', label: t('overview.reads.plan', { name: called }) },
        { value: 'staff', label: t('overview.reads.staff') },
      ],
    },
  };
}
