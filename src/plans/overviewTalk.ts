import { initialsOf } from '../people/person.ts';
import type { Option } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { OverviewReady, Talk } from './overviewFacts.ts';
import { sectionsOf, type Plan } from './plan.ts';
import { sectionName } from './review.ts';
import { LONGEST_COMMENT } from './reviewFacts.ts';

/** How many comments stand on the overview; the plan shows all. */
const NEWEST = 8;

export function talkOf(ready: OverviewReady, plan: Plan): Talk {
  const { words, comments, viewer, names, now, student } = ready;
  const { t, fmt } = words;
  const newest = comments.toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, NEWEST);
  return {
    comments: newest.toReversed().map((said) => {
      const name = names.get(said.author) ?? t('overview.somebody');
      const when = t('overview.said', {
        when: fmt.moment(said.at, now),
        section: sectionName(plan, said.section, t),
      });
      return {
        initials: initialsOf(name),
        tone: said.author === student.id ? 'done' : null,
        name: said.author === viewer.person ? t('review.you') : name,
        when: said.visibility === 'staff' ? `${when} (${t('review.staffOnly')})` : when,
        datetime: said.at.toISOString(),
        text: said.text,
      };
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
  const error = (field: string): string | null => errors.find((one) => one.field === field)?.message ?? null;
  const sections: Option[] = (['plan', ...sectionsOf(plan)] as const).map((section) => ({
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
      error: error('text'),
      maxLength: LONGEST_COMMENT,
    },
    section: {
      name: 'section',
      label: t('overview.about'),
      kind: 'select',
      compact: true,
      value: typed?.section ?? last,
      options: sections,
      error: error('section'),
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
