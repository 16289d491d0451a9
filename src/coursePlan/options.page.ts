import type { CourseTag } from '../pathways/catalogue.ts';
import { tagsOf } from '../pathways/catalogue.ts';
import { mayEdit } from '../plans/editing.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { CourseFacts } from './courseFacts.ts';
import { LIMITS } from './coursePlan.ts';
import { lockedNotice } from './coursePlan.page.ts';

/** Each kind of course the school has: for me, not for me, later, and why. */
export interface CourseOptionsPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  locked: Notice | null;
  none: string | null;
  action: string;
  questions: { choices: Choices; why: Field }[];
  writable: boolean;
}

declare module '../shared/page.ts' {
  interface Pages {
    'coursePlan/options': CourseOptionsPage;
  }
}

export const ANSWERS = ['forMe', 'notForMe', 'later'] as const;

export function courseOptionsPage(
  words: Words,
  facts: CourseFacts,
  typed: Readonly<Record<string, string>> | null = null,
  problems: readonly FieldError[] = [],
): CourseOptionsPage {
  const { t } = words;
  const title = t('coursePlan.options.title');
  const tags = tagsOf(facts.around.offered);
  const writable = mayEdit(facts.plan, 'student');
  return {
    title,
    head: {
      title,
      lede: t('coursePlan.options.lede'),
      back: { href: paths.coursePlan, label: t('coursePlan.back') },
    },
    errors: problems,
    locked: writable ? null : lockedNotice(words, facts),
    none: tags.length === 0 ? t('coursePlan.options.none') : null,
    action: paths.courseOptions,
    writable,
    questions: tags.map((tag) => questionOf(words, facts, tag, typed, problems)),
  };
}

function questionOf(
  { t }: Words,
  { courses, around }: CourseFacts,
  tag: CourseTag,
  typed: Readonly<Record<string, string>> | null,
  problems: readonly FieldError[],
): CourseOptionsPage['questions'][number] {
  const kept = courses.options.find((one) => one.tag === tag);
  const count = around.offered.filter((one) => one.active && one.tags.includes(tag)).length;
  const option = t(`coursePlan.tag.${tag}`);
  const sees = t('coursePlan.options.sees');
  return {
    choices: {
      name: tag,
      legend: option,
      hint: t('coursePlan.options.count', { count }),
      sees,
      value: (typed ? typed[tag] : kept?.answer) ?? null,
      error: errorOf(problems, tag),
      options: ANSWERS.map((value) => ({ value, label: t(`coursePlan.options.${value}`) })),
    },
    why: {
      name: `${tag}.why`,
      label: t('coursePlan.options.why'),
      more: t('coursePlan.options.whyMore', { option }),
      compact: true,
      optional: true,
      value: (typed ? typed[`${tag}.why`] : kept?.why) ?? '',
      maxLength: LIMITS.reason,
      error: errorOf(problems, `${tag}.why`),
    },
  };
}
