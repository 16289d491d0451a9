import type { LineAudit } from '../pathways/line.ts';
import type { Problem, ProblemFix } from '../pathways/problems.ts';
import { findIn } from '../pathways/catalogue.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { ofText, problemText, amountText, creditsText, unitText } from './courseWords.page.ts';
import type { Around, Measured } from './measure.ts';

/** One thing to fix: a button that does it, a link to where it is done, or words alone. */
export interface FixCard {
  title: string;
  text: string;
  href: string | null;
  form: { action: string; fields: { name: string; value: string }[] } | null;
}

/** Problems of the plan first, then open lines, as long as the list helps. */
const MOST = 8;

/** @param writable false: the cards say it and do nothing */
export function fixesOf(
  words: Words,
  { audit, records }: Measured,
  around: Around,
  writable: boolean,
): FixCard[] {
  const title = (id: string): string => records.find((one) => one.id === id)?.title ?? '';
  const graduation = audit.sets.filter(({ set }) => set.kind === 'graduation');
  const lines = (graduation.length > 0 ? graduation : audit.sets).flatMap((one) => one.lines);
  const all = [
    ...audit.problems.map((problem) => problemCard(words, problem, around, title)),
    ...lines.filter(({ state }) => state === 'missing').map((line) => lineCard(words, line, around, title)),
  ];
  return all.slice(0, MOST).map((card) => (writable ? card : { ...card, href: null, form: null }));
}

type TitleOf = (record: string) => string;

function problemCard(words: Words, problem: Problem, around: Around, title: TitleOf): FixCard {
  const card = { title: problemText(words, problem), ...fixOf(words, problem.fix, problem, around, title) };
  if (problem.kind !== 'overload' || problem.fix) return card;
  return {
    ...card,
    text: words.t('coursePlan.problem.overloadText', { most: creditsText(words, problem.most) }),
  };
}

type Done = Pick<FixCard, 'text' | 'href' | 'form'>;

function fixOf(
  words: Words,
  fix: ProblemFix | null,
  problem: Problem,
  { catalogue, grade }: Around,
  title: TitleOf,
): Done {
  const { t } = words;
  switch (fix?.kind) {
    case undefined:
      return { text: t('coursePlan.fix.talk'), href: null, form: null };
    case 'swap':
      return swapCard(words, fix);
    case 'move': {
      const place = { grade: fix.grade, term: t(`coursePlan.term.${fix.term}`) };
      const text =
        problem.kind === 'overload'
          ? t('coursePlan.fix.moveOther', { title: title(fix.record), ...place })
          : t('coursePlan.fix.move', place);
      return { text, href: null, form: moveForm(fix) };
    }
    case 'remove':
      return {
        text: t('coursePlan.fix.remove'),
        href: null,
        form: { action: paths.removeCourse(fix.record), fields: [] },
      };
    case 'add': {
      const needed = findIn(catalogue, fix.code)?.title ?? fix.code;
      const href = `${paths.addCourse}?grade=${fix.grade ?? grade ?? 9}&q=${encodeURIComponent(needed)}`;
      return { text: t('coursePlan.fix.add', { title: needed }), href, form: null };
    }
  }
}

function swapCard({ t }: Words, { a, b, grades }: ProblemFix & { kind: 'swap' }): Done {
  const fields = [
    { name: 'a', value: a },
    { name: 'b', value: b },
  ];
  const [first, second] = grades;
  return {
    text: t('coursePlan.fix.swap', { a: first, b: second }),
    href: null,
    form: { action: paths.courseSwap, fields },
  };
}

function moveForm({ record, grade, term }: { record: string; grade: number; term: string }): FixCard['form'] {
  const fields = [
    { name: 'grade', value: String(grade) },
    { name: 'term', value: term },
  ];
  return { action: paths.moveCourse(record), fields };
}

function lineCard(words: Words, line: LineAudit, { grade }: Around, title: TitleOf): FixCard {
  const { t } = words;
  const { rule, fix } = line;
  const values = { line: rule.label, grade: rule.byGrade ?? 0 };
  if (fix?.kind === 'move')
    return {
      title: t('coursePlan.fix.lineMove', { ...values, title: title(fix.record) }),
      text: ofText(words, line),
      href: paths.courseEntry(fix.record),
      form: null,
    };
  if (fix?.kind === 'askMark')
    return {
      title: t('coursePlan.fix.lineMark', { ...values, title: title(fix.record) }),
      text: t('coursePlan.fix.lineMarkText'),
      href: null,
      form: null,
    };
  const have = amountText(words, line.needed - line.missing);
  const needed = amountText(words, line.needed);
  return {
    title: t('coursePlan.fix.line', { amount: unitText(words, line.missing, line.unit), line: rule.label }),
    text: t(rule.byGrade === null ? 'coursePlan.fix.lineHas' : 'coursePlan.fix.lineBy', {
      ...values,
      have,
      needed,
    }),
    href: addHref(rule.id, grade),
    form: null,
  };
}

/** The page of courses that would count for a line. */
export function addHref(rule: string, grade: number | null, term?: string): string {
  const from = Math.min(Math.max(grade ?? 9, 6), 12);
  return `${paths.addCourse}?grade=${from}&line=${encodeURIComponent(rule)}${term ? `&term=${term}` : ''}`;
}
