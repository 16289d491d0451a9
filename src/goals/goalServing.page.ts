import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import type { Serving } from './goalServing.ts';

/** "What serves this goal": each with what it is and a link to it. */
export interface ServingLine {
  title: string;
  sub: string;
  href: string;
  icon: string;
}

export function servingLines(words: Words, serving: readonly Serving[]): ServingLine[] {
  return serving.map((one) => lineOf(words, one));
}

function lineOf({ t, fmt }: Words, one: Serving): ServingLine {
  switch (one.kind) {
    case 'course':
      return {
        title: one.title,
        sub: t(`goals.serving.course.${one.state}`, { set: one.set }),
        href: paths.coursePlan,
        icon: 'book',
      };
    case 'experience':
      return {
        title: one.title,
        sub: t(one.confirmed ? 'goals.serving.experienceConfirmed' : 'goals.serving.experience', {
          hours: one.hours,
        }),
        href: paths.experience(one.id),
        icon: 'users',
      };
    case 'skill':
      return {
        title: t(`skills.${one.id}`),
        sub: one.how || t('goals.serving.skill'),
        href: paths.skill(one.id),
        icon: 'bulb',
      };
    case 'evidence':
      return {
        title: one.title,
        sub: t('goals.serving.evidence'),
        href: paths.evidence(one.id),
        icon: 'folder',
      };
    case 'assessment':
      return {
        title: one.title,
        sub: t('goals.serving.assessment', { score: one.score, day: fmt.date(one.date) }),
        href: paths.assessment(one.id),
        icon: 'flag',
      };
  }
}
