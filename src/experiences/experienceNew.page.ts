import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Choices, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { LIMITS } from './experience.ts';
import type { TypedExperience } from './experienceForm.ts';
import { kindOptions } from './experienceWords.page.ts';
import type { Opportunity } from './opportunity.ts';

/** The first questions of a new experience. */
export interface NewExperiencePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  kind: Choices;
  fields: Field[];
  opportunity: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'experiences/new': NewExperiencePage;
  }
}

/** @param from the posted opportunity it starts from */
export function newExperiencePage(
  words: Words,
  from: Opportunity | null,
  after: { problems?: readonly FieldError[]; typed?: TypedExperience; opportunity?: string } = {},
): NewExperiencePage {
  const { t } = words;
  const { problems = [], typed } = after;
  const title = t('experiences.new.title');
  return {
    title,
    head: {
      title,
      lede: t('experiences.new.lede'),
      back: { href: paths.experiences, label: t('experiences.back') },
    },
    errors: problems,
    action: paths.experiences,
    opportunity: after.opportunity ?? from?.id ?? '',
    kind: {
      name: 'kind',
      legend: t('experiences.form.kind'),
      options: kindOptions(words),
      value: typed?.kind ?? from?.kind ?? null,
      error: errorOf(problems, 'kind'),
    },
    fields: [
      {
        name: 'title',
        label: t('experiences.form.title'),
        hint: t('experiences.form.titleHint'),
        maxLength: LIMITS.line,
        sees: t('experiences.sees'),
        value: typed?.title ?? from?.title ?? '',
        error: errorOf(problems, 'title'),
      },
      {
        name: 'organisation',
        label: t('experiences.form.organisation'),
        hint: t('experiences.form.organisationHint'),
        maxLength: LIMITS.line,
        value: typed?.organisation ?? from?.organisation ?? '',
        error: errorOf(problems, 'organisation'),
      },
      {
        name: 'from',
        kind: 'date',
        label: t('experiences.form.from'),
        optional: true,
        value: typed?.from ?? from?.from ?? '',
        error: errorOf(problems, 'from'),
      },
    ],
  };
}
