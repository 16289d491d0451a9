import { mayEdit } from '../plans/editing.ts';
import { STATE_LABEL } from '../plans/transition.ts';
import { mayMove } from '../plans/transition.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Choices, Field, Notice, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { GRADES } from '../pathways/catalogue.ts';
import { setCards, type SetCard } from './audit.page.ts';
import { placeWords } from './courseWords.page.ts';
import type { CourseFacts } from './courseFacts.ts';
import { fixesOf, type FixCard } from './fixes.page.ts';
import { measure, type Measured } from './measure.ts';
import {
  barOf,
  plannerOf,
  viewOf,
  viewsOf,
  type CreditBar,
  type Planner,
  type View,
} from './planner.page.ts';
import { matchOf } from './taking.ts';

/** The student's course plan: what to fix, the grid, the audit. */
export interface CoursePlanPage extends PageModel {
  eyebrow: string | null;
  lede: string;
  errors: readonly FieldError[];
  locked: Notice | null;
  /** Asked once: the grade level. */
  ask: { action: string; field: Field } | null;
  buttons: Action[];
  undo: { action: string; button: Action } | null;
  savedAt: string | null;
  bar: CreditBar;
  fixes: FixCard[];
  ideas: Idea[];
  empty: { title: string; text: string } | null;
  views: Segment[];
  planner: Planner | null;
  sets: SetCard[];
  choose: { action: string; choices: Choices | null; none: string | null };
  taking: Taking[];
  more: { href: string; label: string; text: string }[];
}

interface Idea {
  title: string;
  sub: string;
  note: string;
  action: string | null;
  more: string;
}

interface Taking {
  title: string;
  says: string;
  known: boolean;
  form: { action: string; course: string; field: Field } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'coursePlan/show': CoursePlanPage;
  }
}

export interface ShowFacts extends CourseFacts {
  names: ReadonlyMap<string, string>;
  now: Date;
  view: View | null;
  problems?: readonly FieldError[];
}

export function coursePlanPage(words: Words, facts: ShowFacts): CoursePlanPage {
  const { t } = words;
  const { plan, courses, around, problems = [] } = facts;
  const measured = measure(courses, around);
  const writable = mayEdit(plan, 'student');
  const view = viewOf(plan.grade, facts.view);
  const told = plan.grade !== null;
  const pathways = measured.sets.filter(({ kind }) => kind === 'pathway').map(({ name }) => name);
  const canPlan = told && around.offered.length > 0;
  return {
    title: t('coursePlan.title'),
    styles: 'wide',
    eyebrow: pathways.length > 0 ? t('coursePlan.pathway', { names: pathways.join(', ') }) : null,
    lede: t('coursePlan.lede'),
    errors: problems,
    locked: writable ? null : lockedNotice(words, facts),
    ask: told || !writable ? null : { action: paths.courseGrade, field: gradeField(words, problems) },
    buttons: mayMove(plan, 'submit', 'student')
      ? [{ label: t('coursePlan.send'), href: paths.submitPlan, icon: 'send', kind: 'primary' }]
      : [],
    undo:
      writable && courses.previous !== null
        ? {
            action: paths.courseUndo,
            button: { label: t('coursePlan.undo'), icon: 'undo', more: t('coursePlan.undoMore') },
          }
        : null,
    savedAt:
      courses.changedAt && t('coursePlan.savedAt', { when: words.fmt.moment(courses.changedAt, facts.now) }),
    bar: barOf(words, measured),
    fixes: measured.records.length === 0 ? [] : fixesOf(words, measured, around, writable && canPlan),
    ideas: ideasOf(words, facts, writable),
    empty: emptyOf(words, facts, measured),
    views: viewsOf(words, paths.coursePlan, view),
    planner: told
      ? plannerOf(words, { ...facts, measured, view, writable: writable && canPlan, links: true })
      : null,
    sets: setCards(words, measured, around, writable && canPlan),
    choose: chooseOf(words, facts, measured, writable),
    taking: takingOf(words, facts, writable),
    more: [
      {
        href: paths.courseOptions,
        label: t('coursePlan.more.options'),
        text: t('coursePlan.more.optionsText'),
      },
      {
        href: paths.courseSupport,
        label: t('coursePlan.more.support'),
        text: t('coursePlan.more.supportText'),
      },
    ],
  };
}

/** Why nothing can be changed: where the plan is. */
export function lockedNotice({ t }: Words, { plan }: Pick<CourseFacts, 'plan'>): Notice {
  return {
    id: 'locked',
    tone: 'now',
    icon: 'lock',
    title: t('coursePlan.locked'),
    text: t('plans.error.locked', { state: t(STATE_LABEL[plan.state]) }),
  };
}

function gradeField({ t }: Words, problems: readonly FieldError[]): Field {
  return {
    name: 'grade',
    label: t('coursePlan.ask.title'),
    hint: t('coursePlan.ask.hint'),
    kind: 'select',
    width: 'short',
    error: errorOf(problems, 'grade'),
    options: [
      { value: '', label: '–' },
      ...GRADES.map((grade) => ({ value: String(grade), label: t('coursePlan.grade', { grade }) })),
    ],
  };
}

function emptyOf({ t }: Words, { around, plan }: ShowFacts, { records }: Measured): CoursePlanPage['empty'] {
  const title = t('coursePlan.empty.title');
  if (around.offered.length === 0) return { title, text: t('coursePlan.noCatalogue') };
  return records.length === 0 && plan.grade !== null ? { title, text: t('coursePlan.empty.text') } : null;
}

function ideasOf(words: Words, { courses, names }: ShowFacts, writable: boolean): Idea[] {
  const { t } = words;
  return courses.entries
    .filter(({ state }) => state === 'suggested')
    .map((entry) => {
      const place = placeWords(words, entry);
      const name = names.get(entry.by) ?? t('goals.advisor');
      return {
        title: entry.title,
        sub: t('coursePlan.ideas.sub', { place, name }),
        note: entry.note,
        action: writable ? paths.answerCourse(entry.id) : null,
        more: t('coursePlan.ideas.more', { title: entry.title, place }),
      };
    });
}

function chooseOf(
  { t }: Words,
  { around, courses }: ShowFacts,
  { sets }: Measured,
  writable: boolean,
): CoursePlanPage['choose'] {
  const offered = around.current.filter(({ kind }) => kind !== 'graduation');
  const graduations = around.current.filter(({ kind }) => kind === 'graduation');
  const all = graduations.length > 1 ? [...graduations, ...offered] : offered;
  const mine = sets.filter(
    ({ key, kind }) => kind === 'graduation' || courses.sets.some((one) => one.key === key),
  );
  return {
    action: paths.courseSets,
    none: all.length === 0 ? t('coursePlan.sets.none') : null,
    choices:
      writable && all.length > 0
        ? {
            name: 'sets',
            legend: t('coursePlan.sets.legend'),
            hint: t('coursePlan.sets.hint'),
            values: mine.map(({ key }) => key),
            options: all.map(({ key, name, kind }) => ({
              value: key,
              label: name,
              hint: t(`coursePlan.kind.${kind}`),
            })),
          }
        : null,
  };
}

function takingOf({ t }: Words, { around, courses, problems = [] }: ShowFacts, writable: boolean): Taking[] {
  const active = around.offered.filter((one) => one.active);
  // A school may have the same course in two LMSs: it is shown once.
  const byTitle = new Map(around.lms.map((lms) => [lms.title, lms]));
  return [...byTitle.values()].map((lms) => {
    const match = matchOf(lms, around.catalogue, courses.matches);
    const says =
      match.kind === 'matched'
        ? t('coursePlan.taking.matched', { title: match.course.title })
        : t(`coursePlan.taking.${match.kind}`);
    const name = `code-${lms.id}`;
    const field: Field = {
      name: 'code',
      id: name,
      kind: 'text',
      compact: true,
      width: 'short',
      label: t('coursePlan.taking.which'),
      more: lms.title,
      error: errorOf(problems, name),
    };
    const open = writable && match.kind === 'unknown' && active.length > 0;
    const known = match.kind !== 'unknown';
    return {
      title: lms.title,
      says,
      known,
      form: open ? { action: paths.courseMatch, course: lms.id, field: withCourses(field, active, t) } : null,
    };
  });
}

function withCourses(
  field: Field,
  offered: readonly { code: string; title: string }[],
  t: Words['t'],
): Field {
  return {
    ...field,
    kind: 'select',
    width: null,
    options: [
      { value: '', label: t('coursePlan.taking.none') },
      ...offered.map(({ code, title }) => ({ value: code, label: `${title} (${code})` })),
    ],
  };
}
