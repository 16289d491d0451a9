import type { Goal } from '../goals/goal.ts';
import { isLive } from '../goals/goal.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Choices, Field, Head, Option } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { EXISTS, OTHER_PLANS, type Coordination, type OtherPlanKind } from './coordination.ts';
import { textsOf } from './coordinationForm.ts';
import { checkedWords } from './coordination.page.ts';

/** Staff say which other plans a student has. */
export interface StaffCoordinationPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  checked: string;
  action: string;
  version: number;
  plans: PlanFields[];
  none: { action: string; button: Action };
  explain: Action;
}

interface PlanFields {
  id: string;
  title: string;
  exists: Choices;
  where: Field;
  askName: Field;
  askRole: Field;
  goals: Choices | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'coordination/staff': StaffCoordinationPage;
  }
}

export interface StaffCoordinationFacts {
  student: { id: string; name: string };
  coordination: Coordination;
  /** Who checked it last. */
  checker: string;
  goals: readonly Goal[];
}

export function staffCoordinationPage(
  words: Words,
  facts: StaffCoordinationFacts,
  problem: { fields: readonly FieldError[]; typed: Record<string, string> } | null = null,
): StaffCoordinationPage {
  const { t } = words;
  const { student, coordination, checker } = facts;
  const typed = problem?.typed ?? textsOf(coordination);
  const problems = problem?.fields ?? [];
  const title = t('coordination.staff.title', { name: student.name });
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('coordination.staff.lede'),
      back: { href: paths.student(student.id), label: t('coordination.staff.back', { name: student.name }) },
    },
    errors: problems,
    checked: checkedWords(words, coordination, checker),
    action: paths.studentCoordination(student.id),
    version: coordination.version,
    plans: OTHER_PLANS.map((kind) => planFields(words, kind, facts.goals, typed, problems)),
    none: {
      action: paths.noOtherPlans(student.id),
      button: { label: t('coordination.staff.none'), icon: 'check' },
    },
    explain: { label: t('coordination.explain.link'), href: paths.ilpAndIep, kind: 'quiet' },
  };
}

/** No `maxlength`: a pasted text must be refused with the reason, not cut off and kept. */
function planFields(
  { t }: Words,
  kind: OtherPlanKind,
  goals: readonly Goal[],
  typed: Record<string, string>,
  problems: readonly FieldError[],
): PlanFields {
  const more = t(`coordination.kind.${kind}`);
  const field = (name: 'where' | 'askName' | 'askRole'): Field => ({
    name: `${kind}.${name}`,
    label: t(`coordination.staff.${name}`),
    more,
    value: typed[`${kind}.${name}`] ?? '',
    error: errorOf(problems, `${kind}.${name}`),
  });
  const options = goalOptions(goals);
  return {
    id: kind,
    title: more,
    exists: {
      name: `${kind}.exists`,
      legend: t('coordination.staff.exists'),
      more,
      options: EXISTS.map((value) => ({ value, label: t(`coordination.exists.${value}`) })),
      value: typed[`${kind}.exists`] ?? 'unknown',
      error: errorOf(problems, `${kind}.exists`),
    },
    where: { ...field('where'), hint: t('coordination.staff.whereHint') },
    askName: { ...field('askName'), hint: t('coordination.staff.askNameHint') },
    askRole: { ...field('askRole'), hint: t('coordination.staff.askRoleHint'), optional: true },
    goals:
      options.length === 0
        ? null
        : {
            name: `${kind}.goals`,
            legend: t('coordination.staff.goals'),
            more,
            optional: true,
            wide: true,
            options,
            values: (typed[`${kind}.goals`] ?? '').split(', '),
            error: errorOf(problems, `${kind}.goals`),
          },
  };
}

function goalOptions(goals: readonly Goal[]): Option[] {
  return goals
    .filter((goal) => isLive(goal) && goal.statement !== '')
    .map(({ id, statement }) => ({ value: id, label: statement }));
}
