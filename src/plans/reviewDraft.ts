import { initialsOf } from '../people/person.ts';
import { paths } from '../shared/paths.ts';
import { sectionsIn } from './sectionText.ts';
import type { PlanSection } from './plan.ts';
import { sectionName, type PlanReview, type ReviewAnswer } from './review.ts';
import { LONGEST_COMMENT } from './comment.ts';
import { type Draft, type ReviewReady } from './reviewFacts.ts';
import { nextInQueue } from './reviewStanding.ts';
import type { SectionText } from './sectionText.ts';

export function draftOf(ready: ReviewReady, shown: readonly SectionText[]): Draft {
  const { words, review, typed, called: name, plan, student, now } = ready;
  const { t, fmt } = words;
  const answers = shown.map(({ section }) => ({
    name: `answer.${section}`,
    label: sectionName(plan, section, t),
    value: answerTo(ready, section),
  }));
  const sections = sectionsIn(ready);
  const changes = sections.filter((section) => answerTo(ready, section) === 'change').length;
  const labels = [0, ...sections.keys()].map((_, count) => t('review.return', { count }));
  const next = nextInQueue(ready.queue, student.id);
  const saved = newest(review);
  return {
    action: paths.review(student.id),
    version: review?.version ?? 0,
    answers,
    note: {
      name: 'note',
      label: t('review.note', { name }),
      kind: 'textarea',
      rows: 3,
      optional: true,
      value: typed?.note ?? review?.note ?? '',
      maxLength: LONGEST_COMMENT,
    },
    theirNote: typed?.theirs.get('plan') ?? null,
    returnLabel: t('review.return', { count: changes }),
    returnLabels: JSON.stringify(labels),
    changes,
    savedAt: saved && fmt.dayOf(saved) === fmt.dayOf(now) ? fmt.time(saved) : null,
    nothingSeen: t('review.nothingSeen', { name }),
    whatNext: [t.rich('review.whatReturn', { name }), t.rich('review.whatApprove')],
    next: next && {
      href: paths.review(next.person),
      name: next.name,
      initials: initialsOf(next.name),
      note: next.since ? t('review.sent', { when: fmt.daysFrom(fmt.dayOf(next.since), fmt.dayOf(now)) }) : '',
    },
    openNext: typed?.openNext ?? true,
  };
}

function answerTo({ typed, review }: ReviewReady, section: PlanSection): ReviewAnswer['answer'] {
  const stored = review?.answers.find((answer) => answer.section === section);
  return typed?.sections.get(section)?.answer ?? stored?.answer ?? 'none';
}

function newest(review: PlanReview | null): Date | null {
  const times = (review?.answers ?? []).map(({ at }) => at.getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}
