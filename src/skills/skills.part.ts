import type { PartLine, PlanPart } from '../plans/planPart.ts';
import { findPlan } from '../plans/plan.service.ts';
import type { Plan } from '../plans/plan.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { latestOf, recordOf, SKILL_KEYS, type SkillKey, type SkillRecord } from './skill.ts';
import { listSkills } from './skills.service.ts';

/** Each rated skill with its level, what shows it, and the goals it helps. Between the student and staff. */
export const skillsPart: PlanPart = {
  key: 'skills',
  section: 'about',
  title: ({ t }) => t('skills.part.title'),
  href: paths.skills,
  read: async ({ institution, person }, words) => {
    const [records, plan] = await Promise.all([
      listSkills(institution, person),
      findPlan(institution, person),
    ]);
    return SKILL_KEYS.flatMap((key) => lineOf(words, recordOf(records, key), key, plan?.goals ?? []));
  },
  records: ({ institution, person }) => listSkills(institution, person),
};

function lineOf(
  words: Words,
  record: SkillRecord | undefined,
  skill: SkillKey,
  goals: Plan['goals'],
): PartLine[] {
  const { t, fmt } = words;
  const last = latestOf(record);
  if (!record || !last) return [];
  const level = t(`skills.level.level${last.level}`);
  const said = t('skills.part.line', { level, day: fmt.date(last.at), example: last.example });
  const helped = goals.filter(({ id }) => record.goals.includes(id));
  const named = helped.map(({ statement }) => statement || t('skills.form.unnamedGoal'));
  const does =
    named.length > 0 ? [t('skills.part.goals', { goals: fmt.list(named), how: record.how }).trim()] : [];
  const text = [said, ...does].join('\n');
  return [{ id: skill, label: t(`skills.${skill}`), text, material: false, audience: 'plan' }];
}
