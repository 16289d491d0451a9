import type { Letter } from '../inventory/riasec.ts';
import { isLive } from '../goals/goal.ts';
import { mayEdit } from '../plans/editing.ts';
import type { Plan } from '../plans/plan.ts';
import { STATE_LABEL } from '../plans/transition.ts';
import type { Words } from '../shared/page.ts';
import type { Notice, Option as Choice, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isProgramme, type Catalogue, type ExploreKind, type Option } from './career.ts';
import type { Exploration, SavedOption } from './exploration.ts';
import type { Interests } from './interest.ts';

/** What the pages of exploring are made from. */
export interface ExploreFacts {
  plan: Pick<Plan, 'state' | 'goals'>;
  catalogue: Catalogue;
  exploration: Exploration;
  /** Null: the student has not answered the inventory. */
  interests: Interests | null;
}

interface KindPaths {
  list: string;
  one: (id: string) => string;
  save: (id: string) => string;
  move: (id: string) => string;
  drop: (id: string) => string;
  compare: string;
}

/** Addresses of careers and of programmes, which are explored alike. */
export const EXPLORE_PATHS: Readonly<Record<ExploreKind, KindPaths>> = {
  career: {
    list: paths.careers,
    one: paths.career,
    save: paths.saveCareer,
    move: paths.moveCareer,
    drop: paths.dropCareer,
    compare: paths.compareCareers,
  },
  programme: {
    list: paths.programmes,
    one: paths.programme,
    save: paths.saveProgramme,
    move: paths.moveProgramme,
    drop: paths.dropProgramme,
    compare: paths.compareProgrammes,
  },
};

/** Careers, programmes, experiences: the three doors of Explore. */
export function exploreTabs(
  { t }: Words,
  current: ExploreKind | 'experiences',
): { label: string; items: Segment[] } {
  const tab = (key: typeof current, href: string): Segment => ({
    label: t(`careers.tab.${key}`),
    href,
    current: key === current,
  });
  return {
    label: t('careers.tabs'),
    items: [
      tab('career', paths.careers),
      tab('programme', paths.programmes),
      tab('experiences', paths.experiences),
    ],
  };
}

/** "helping people (S) and finding things out (I)" */
export function likes({ t, fmt }: Words, letters: readonly Letter[]): string {
  return fmt.list(letters.map((letter) => t('careers.liked', { what: t(`careers.like.${letter}`), letter })));
}

/** "Because you like …"; null when no interest is shared. */
export function becauseOf(words: Words, letters: readonly Letter[]): string | null {
  return letters.length === 0 ? null : words.t('careers.because', { likes: likes(words, letters) });
}

/** Education of a career or kind of a programme, in words. */
export function levelWords({ t }: Words, option: Option): string | null {
  if (isProgramme(option)) return t(`careers.kind.${option.kind}`);
  return option.education && t(`careers.education.${option.education}`);
}

/** Goals a saved option or an experience can serve, with "none" first. */
export function goalOptions(none: string, { goals }: Pick<Plan, 'goals'>): Choice[] {
  const live = goals.filter((goal) => isLive(goal) && goal.statement !== '');
  return [{ value: '', label: none }, ...live.map(({ id, statement }) => ({ value: id, label: statement }))];
}

/** The words of the goal it serves; null: none, or a goal that is gone. */
export function goalWords({ goals }: Pick<Plan, 'goals'>, id: string | null): string | null {
  return goals.find((goal) => goal.id === id)?.statement || null;
}

/** Why nothing can be changed now; null when it can. */
export function lockedIn(words: Words, plan: ExploreFacts['plan']): Notice | null {
  if (mayEdit(plan, 'student')) return null;
  const { t } = words;
  const text = t('plans.error.locked', { state: t(STATE_LABEL[plan.state]) });
  return { id: 'locked', tone: 'now', icon: 'lock', title: t('careers.locked'), text };
}

/** The saved one of an option, with its place in the student's order. */
export function savedPlace(
  saved: readonly SavedOption[],
  id: string,
): { one: SavedOption; rank: number; count: number } | null {
  const at = saved.findIndex(({ option }) => option === id);
  const one = saved[at];
  return one ? { one, rank: at + 1, count: saved.length } : null;
}
