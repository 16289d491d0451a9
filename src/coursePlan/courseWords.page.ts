/** Amounts, reasons and fixes in words. */
import { findIn, type Catalogue, type Term } from '../pathways/catalogue.ts';
import type { LineAudit, Why } from '../pathways/line.ts';
import type { Problem } from '../pathways/problems.ts';
import type { Words } from '../shared/page.ts';

/** 0.5 is "½", 1.5 "1.5": as schools write credits. */
export function amountText({ fmt }: Words, amount: number): string {
  return amount === 0.5 ? '½' : fmt.number(Math.round(amount * 100) / 100);
}

/** "½ credit", "23.5 credits" */
export function creditsText(words: Words, credits: number): string {
  const count = credits > 0 && credits <= 1 ? 1 : Math.max(2, Math.ceil(credits));
  return words.t('coursePlan.credits', { count, amount: amountText(words, credits) });
}

/** In the unit of a line. */
export function unitText(words: Words, amount: number, unit: LineAudit['unit']): string {
  return unit === 'credits'
    ? creditsText(words, amount)
    : words.t('coursePlan.courseCount', { count: Math.round(amount) });
}

export function termText({ t }: Words, term: Term): string {
  return t(`coursePlan.term.${term}`);
}

export function placeWords(words: Words, { grade, term }: { grade: number; term: Term }): string {
  return words.t('coursePlan.place', { grade, term: termText(words, term) });
}

/** "A, B or C" */
export function anyOfText({ t }: Words, titles: readonly string[]): string {
  const last = titles.at(-1) ?? '';
  return titles.length < 2 ? last : t('coursePlan.or', { list: titles.slice(0, -1).join(', '), last });
}

export function titlesOf(catalogue: Catalogue, codes: readonly string[]): string[] {
  return codes.map((code) => findIn(catalogue, code)?.title ?? code);
}

/** What of a line is there: "1 of 1.5", "1 of 2 courses". */
export function ofText(words: Words, line: LineAudit): string {
  const have = amountText(words, line.needed - line.missing);
  return line.unit === 'credits'
    ? words.t('coursePlan.of', { have, needed: amountText(words, line.needed) })
    : words.t('coursePlan.ofCourses', { have, needed: line.needed });
}

/** One reason as a sentence. */
export function whyText(words: Words, line: LineAudit, why: Why, catalogue: Catalogue): string {
  const { t } = words;
  switch (why.kind) {
    case 'short':
      return t('coursePlan.why.short', { amount: unitText(words, why.amount, why.unit) });
    case 'without':
      return t('coursePlan.why.without', { courses: titlesOf(catalogue, why.codes).join(', ') });
    case 'refused': {
      const { record, why: reason } = why.refusal;
      const minimum = line.rule.minMark ?? '';
      return t(`coursePlan.why.${reason}`, { title: record.title, mark: record.mark ?? '', minimum });
    }
    case 'substituted':
      return t('coursePlan.why.substituted', { title: why.share.record.title, reason: why.reason });
    case 'waived':
      return t('coursePlan.why.waived', {
        amount: unitText(words, why.amount, line.unit),
        reason: why.reason,
      });
  }
}

/** What is wrong, as the heading of a fix card. */
export function problemText(words: Words, problem: Problem): string {
  const { t } = words;
  switch (problem.kind) {
    case 'prerequisite':
      return t('coursePlan.problem.prerequisite', {
        title: problem.record.title,
        needs: anyOfText(words, problem.needs),
      });
    case 'overload':
      return t('coursePlan.problem.overload', {
        grade: problem.grade,
        credits: creditsText(words, problem.credits),
      });
    case 'term':
      return t('coursePlan.problem.term', {
        title: problem.record.title,
        term: termText(words, problem.record.term),
      });
    default:
      return t(`coursePlan.problem.${problem.kind}`, {
        title: problem.record.title,
        grade: problem.record.grade,
      });
  }
}

/** The same on the card of the course itself, in few words. */
export function cardProblem(words: Words, problem: Exclude<Problem, { kind: 'overload' }>): string {
  return problem.kind === 'prerequisite'
    ? words.t('coursePlan.card.fix.prerequisite', { needs: anyOfText(words, problem.needs) })
    : words.t(`coursePlan.card.fix.${problem.kind}`);
}
