import type { PartLine, PlanPart } from '../plans/planPart.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { hoursOf, type Experience } from './experience.ts';
import { experienceRecordsOf, experiencesOf, noActivityOf } from './experience.service.ts';
import { datesOf } from './experienceWords.page.ts';
import type { NoActivity } from './experienceStanding.ts';

/** What the student did at work, in service and in clubs; the supervisor's contact is in the records only. */
export const experiencesPart: PlanPart = {
  key: 'experiences',
  section: 'explore',
  title: ({ t }) => t('experiences.part'),
  href: paths.experiences,
  read: async ({ institution, person }, words) => {
    const [experiences, none] = await Promise.all([
      experiencesOf(institution, person),
      noActivityOf(institution, person),
    ]);
    return experienceLines(words, experiences, none);
  },
  records: async ({ institution, person }) => {
    const [experiences, none] = await Promise.all([
      experienceRecordsOf(institution, person),
      noActivityOf(institution, person),
    ]);
    return { experiences, noActivity: none };
  },
};

/** Families read what was done; what was learned is between student and advisor. */
export function experienceLines(
  words: Words,
  experiences: readonly Experience[],
  none: NoActivity | null,
): PartLine[] {
  const { t } = words;
  const why: PartLine[] = none
    ? [{ id: 'none', label: t('experiences.part.none'), text: none.why, material: false, audience: 'family' }]
    : [];
  return [...experiences.flatMap((one) => linesOf(words, one)), ...why];
}

function linesOf(words: Words, one: Experience): PartLine[] {
  const { t } = words;
  const text = t('experiences.part.text', {
    kind: t(`experiences.kind.${one.kind}`),
    organisation: one.organisation || '–',
    hours: hoursOf(one),
    state: t(`experiences.state.${one.state}`),
  });
  const dates = datesOf(words, one);
  const fact: PartLine = {
    id: one.id,
    label: one.title,
    text: dates ? t('experiences.part.dates', { text, dates }) : text,
    material: false,
    audience: 'family',
  };
  if (one.reflection === '') return [fact];
  const label = t('experiences.part.reflection', { title: one.title });
  return [
    fact,
    { id: `${one.id}.reflection`, label, text: one.reflection, material: false, audience: 'plan' },
  ];
}
