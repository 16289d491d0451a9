import { historyEntries } from '../caseload/history.ts';
import { GRADE_STATUS_LABEL, type GradeStatus } from '../jobs/gradeStatus.ts';
import type { Tone } from '../shared/page.ts';
import type { LogEntry } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { GradeLine, OverviewReady } from './overviewFacts.ts';
import { isText, type PlanSection, type ProfileKey } from './plan.ts';
import { sectionName } from './review.ts';

const GRADE_LOOK: Record<GradeStatus['status'], { tone: Tone; icon: string }> = {
  sent: { tone: 'done', icon: 'check' },
  waiting: { tone: 'quiet', icon: 'clock' },
  failed: { tone: 'stop', icon: 'warn' },
  leftAlone: { tone: 'review', icon: 'lock' },
};

export function gradeOf(
  { words: { t, fmt }, courseNames, tasks, ownCourses, now }: OverviewReady,
  grade: GradeStatus,
): GradeLine {
  const { item } = grade;
  const task = item.kind === 'task' ? tasks.find(({ link }) => link.id === item.link) : undefined;
  const what = item.kind === 'plan' ? t('grade.item.plan') : (task?.link.title ?? t('grade.item.task'));
  return {
    title: [what, courseNames.get(grade.course)].filter(Boolean).join(' · '),
    score:
      grade.scoreGiven === null
        ? t('grade.noScore')
        : t('grade.score', { given: grade.scoreGiven, max: grade.scoreMaximum }),
    chip: { label: t(GRADE_STATUS_LABEL[grade.status]), ...GRADE_LOOK[grade.status] },
    why: grade.retries ? `${t(grade.reason)} ${t('grade.tryAgain')}` : t(grade.reason),
    when: fmt.moment(grade.at, now),
    datetime: grade.at.toISOString(),
    href: grade.status !== 'sent' && ownCourses.has(grade.course) ? paths.course(grade.course) : null,
  };
}

/** How many events stand on the overview. */
const TOLD = 12;

export function historyOf({ words, history, names, plan, tasks, now }: OverviewReady): LogEntry[] {
  const { t } = words;
  const special: Readonly<Record<string, string>> = {
    system: t('overview.system'),
    operator: t('overview.operator'),
  };
  const naming = {
    person: (id: string) => special[id] ?? names.get(id) ?? t('thread.somebody'),
    thing: (kind: string, id: string) => thingOf({ words, plan, tasks }, kind, id),
    section: (section: string) => (plan ? sectionName(plan, section as PlanSection, t) : ''),
  };
  return historyEntries(words, history, naming, now).slice(0, TOLD);
}

function thingOf(
  { words: { t }, plan, tasks }: Pick<OverviewReady, 'words' | 'plan' | 'tasks'>,
  kind: string,
  id: string,
): string | null {
  switch (kind) {
    case 'profile':
      return isText(id as PlanSection) ? t(`plans.part.${id as ProfileKey}`) : null;
    case 'goal':
      return plan?.goals.find((goal) => goal.id === id)?.statement || null;
    case 'task':
      return tasks.find(({ task }) => task.id === id)?.link.title ?? null;
    default:
      return null;
  }
}
