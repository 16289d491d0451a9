import type { Plan } from '../plans/plan.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head, Row } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import {
  latestIn,
  latestOf,
  nextUnrated,
  recordOf,
  SKILL_KEYS,
  type SkillKey,
  type SkillRecord,
} from './skill.ts';

/** The ten skills and which were rated this school year. */
export interface SkillListPage extends PageModel {
  head: Head;
  tally: string;
  done: number;
  total: number;
  none: string | null;
  rows: Row[];
  actions: Action[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'skills/list': SkillListPage;
  }
}

export interface SkillFacts {
  plan: Plan;
  records: readonly SkillRecord[];
}

export function skillListPage(words: Words, facts: SkillFacts): SkillListPage {
  const { t } = words;
  const { plan, records } = facts;
  const title = t('skills.title');
  const total = SKILL_KEYS.length;
  const done = SKILL_KEYS.filter((key) => latestIn(recordOf(records, key), plan.year)).length;
  return {
    title,
    head: { title, lede: t('skills.lede'), back: { href: paths.plan, label: t('skills.back') } },
    tally: t('skills.tally', { done, total }),
    done,
    total,
    none: records.length === 0 ? t('skills.none') : null,
    rows: SKILL_KEYS.map((key) => rowOf(words, facts, key)),
    actions: actionsOf(words, facts),
  };
}

function rowOf({ t, fmt }: Words, { plan, records }: SkillFacts, key: SkillKey): Row {
  const record = recordOf(records, key);
  const now = latestIn(record, plan.year);
  const last = now ?? latestOf(record);
  return {
    label: t(`skills.${key}`),
    hint: last
      ? t('skills.row.last', { level: t(`skills.level.level${last.level}`), day: fmt.date(last.at) })
      : t(`skills.${key}.what`),
    href: paths.skill(key),
    state: now ? 'done' : last ? 'now' : 'todo',
    status: now
      ? { label: t(`skills.level.level${now.level}`), tone: 'plain' }
      : { label: t(last ? 'skills.row.again' : 'skills.row.open'), tone: last ? 'now' : 'quiet' },
  };
}

function actionsOf({ t }: Words, { plan, records }: SkillFacts): Action[] {
  const next = nextUnrated(records, plan.year, null);
  const goOn: Action[] = next
    ? [
        {
          label: t('skills.next', { skill: t(`skills.${next}`) }),
          href: paths.skill(next),
          kind: 'primary',
          iconEnd: 'right',
        },
      ]
    : [];
  return [...goOn, { label: t('skills.toOverview'), href: paths.skillsOverview }];
}
