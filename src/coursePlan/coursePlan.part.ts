import { findVersions } from '../pathways/requirement.service.ts';
import { startOf } from '../pathways/record.ts';
import type { PartLine, PlanPart } from '../plans/planPart.ts';
import { paths } from '../shared/paths.ts';
import type { Words } from '../shared/page.ts';
import { creditsText, placeWords } from './courseWords.page.ts';
import { findCoursePlan } from './courseFacts.service.ts';
import type { CoursePlan, Entry } from './coursePlan.ts';

/** The course plan as lines: for review, snapshot, history, print and export. */
export const coursePlanPart: PlanPart = {
  key: 'coursePlan',
  section: 'courses',
  title: ({ t }) => t('coursePlan.part'),
  href: paths.coursePlan,
  read: async ({ institution, person }, words) => {
    const plan = await findCoursePlan(institution, person);
    const sets = await findVersions(institution, plan.sets);
    return [
      ...plan.entries
        .filter(({ state }) => state !== 'suggested')
        .toSorted((a, b) => startOf(a) - startOf(b) || a.title.localeCompare(b.title))
        .map((entry) => entryLine(words, entry)),
      ...sets.map((set): PartLine => ({
        id: `set-${set.key}`,
        label: words.t(`coursePlan.kind.${set.kind}`),
        text: `${set.name}, ${words.t('coursePlan.set.version', { version: set.version })}`,
        material: true,
        audience: 'family',
      })),
      ...restOf(words, plan),
    ];
  },
  records: ({ institution, person }) => findCoursePlan(institution, person),
};

function entryLine(words: Words, entry: Entry): PartLine {
  const { id, title, mark, credits, state } = entry;
  const facts = [
    placeWords(words, entry),
    creditsText(words, credits),
    words.t(`coursePlan.entry.${state}`),
    mark,
  ];
  return {
    id,
    label: title,
    text: facts.filter(Boolean).join(', '),
    material: state === 'planned',
    audience: 'family',
  };
}

function restOf({ t }: Words, { options, support }: CoursePlan): PartLine[] {
  const line = (id: string, label: string, text: string): PartLine => ({
    id,
    label,
    text,
    material: false,
    audience: 'plan',
  });
  return [
    ...options.map(({ tag, answer, why }) =>
      line(
        `option-${tag}`,
        t(`coursePlan.tag.${tag}`),
        [t(`coursePlan.options.${answer}`), why].filter(Boolean).join(': '),
      ),
    ),
    ...(support
      ? [
          line(
            'support',
            t('coursePlan.support.title'),
            support.text || t(support.needed ? 'coursePlan.support.needed' : 'coursePlan.support.none'),
          ),
        ]
      : []),
  ];
}
