import {
  codeKey,
  GRADES,
  isOfferedIn,
  subjectKey,
  subjectsOf,
  TERMS,
  type CatalogueCourse,
  type Term,
} from '../pathways/catalogue.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { FilterBar, Head, Pager } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { CourseFacts } from './courseFacts.ts';
import { anyOfText, creditsText, termText, titlesOf } from './courseWords.page.ts';
import { setsFor } from './measure.ts';

/** The courses that can be planned in one grade, a button a term. */
export interface AddCoursePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  filter: FilterBar;
  action: string;
  grade: number;
  courses: Offer[];
  none: string | null;
  pager: Pager | null;
}

interface Offer {
  code: string;
  title: string;
  sub: string;
  needs: string | null;
  has: string | null;
  terms: { value: Term; label: string; more: string }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'coursePlan/add': AddCoursePage;
  }
}

export interface Search {
  grade: number;
  term: Term | null;
  /** Id of a requirement line: only what counts for it. */
  line: string;
  q: string;
  subject: string;
  page: number;
}

const PER_PAGE = 20;

export function addCoursePage(
  words: Words,
  facts: CourseFacts,
  search: Search,
  problems: readonly FieldError[] = [],
): AddCoursePage {
  const { t } = words;
  const { grade, page } = search;
  const line = setsFor(facts.courses, facts.around)
    .flatMap(({ rules }) => rules)
    .find(({ id }) => id === search.line);
  const found = offersIn(facts, search, line?.need ?? null);
  const from = (page - 1) * PER_PAGE;
  const shown = found.slice(from, from + PER_PAGE);
  const title = t('coursePlan.addPage.title');
  return {
    title,
    head: {
      title,
      back: { href: paths.coursePlan, label: t('coursePlan.back') },
      eyebrow: line ? t('coursePlan.addPage.line', { line: line.label }) : null,
      lede: t('coursePlan.addPage.lede', { grade }),
    },
    errors: problems,
    filter: filterOf(words, facts, search),
    action: paths.addCourse,
    grade,
    courses: shown.map((course) => offerOf(words, facts, course, search)),
    none: found.length === 0 ? t('coursePlan.addPage.none') : null,
    pager: found.length > PER_PAGE ? pagerOf(search, found.length) : null,
  };
}

type Line = ReturnType<typeof setsFor>[number]['rules'][number]['need'];

function offersIn(
  { around }: CourseFacts,
  { grade, term, q, subject }: Search,
  need: Line | null,
): CatalogueCourse[] {
  const wanted = q.trim().toLocaleLowerCase();
  return around.offered.filter(
    (course) =>
      course.active &&
      isOfferedIn(course, grade) &&
      (term === null || term === 'year' || course.terms.includes(term)) &&
      (need === null || countsFor(course, need)) &&
      (subject === '' || subjectKey(course.subject) === subjectKey(subject)) &&
      (wanted === '' ||
        `${course.title} ${course.code} ${course.subject}`.toLocaleLowerCase().includes(wanted)),
  );
}

function countsFor({ code, subject }: CatalogueCourse, need: Line): boolean {
  const named = need.codes.some((one) => codeKey(one) === codeKey(code));
  if (need.kind !== 'credits') return named;
  const open = need.codes.length + need.subjects.length === 0;
  return open || named || need.subjects.some((one) => subjectKey(one) === subjectKey(subject));
}

function offerOf(
  words: Words,
  { around, courses }: CourseFacts,
  course: CatalogueCourse,
  { term }: Search,
): Offer {
  const { t } = words;
  const first = course.prerequisites.map((group) => anyOfText(words, titlesOf(around.catalogue, group)));
  const has = courses.entries.some(({ code, state }) => code === course.code && state !== 'suggested');
  const terms = TERMS.filter((one) => course.terms.includes(one));
  const half = terms.filter((one) => term === null || term === 'year' || one === term);
  return {
    code: course.code,
    title: course.title,
    sub: t('coursePlan.addPage.sub', {
      code: course.code,
      subject: course.subject,
      credits: creditsText(words, course.credits),
    }),
    needs: first.length > 0 ? t('coursePlan.addPage.needs', { needs: first.join('; ') }) : null,
    has: has ? t('coursePlan.addPage.has') : null,
    terms: half.map((value) => ({
      value,
      label: t('coursePlan.addPage.button', { term: termText(words, value) }),
      more: course.title,
    })),
  };
}

function filterOf({ t }: Words, { around }: CourseFacts, search: Search): FilterBar {
  const grades = GRADES.filter((grade) => around.grade === null || grade >= around.grade);
  const subjects = subjectsOf(around.offered);
  return {
    label: t('coursePlan.addPage.search'),
    action: paths.addCourse,
    search: { name: 'q', label: t('coursePlan.addPage.search'), value: search.q },
    selects: [
      {
        name: 'grade',
        label: t('coursePlan.addPage.gradeField'),
        value: String(search.grade),
        options: grades.map((grade) => ({ value: String(grade), label: t('coursePlan.grade', { grade }) })),
      },
      {
        name: 'subject',
        label: t('coursePlan.addPage.subject'),
        value: search.subject,
        options: [
          { value: '', label: t('coursePlan.addPage.allSubjects') },
          ...subjects.map((subject) => ({ value: subject, label: subject })),
        ],
      },
    ],
  };
}

function pagerOf(search: Search, total: number): Pager {
  const { page } = search;
  const at = (wanted: number): string => {
    const query = new URLSearchParams({
      grade: String(search.grade),
      ...(search.term ? { term: search.term } : {}),
      line: search.line,
      q: search.q,
      subject: search.subject,
      page: String(wanted),
    });
    return `${paths.addCourse}?${query.toString()}`;
  };
  const to = Math.min(page * PER_PAGE, total);
  return {
    from: (page - 1) * PER_PAGE + 1,
    to,
    total,
    previous: page > 1 ? at(page - 1) : null,
    next: to < total ? at(page + 1) : null,
  };
}
