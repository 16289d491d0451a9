import { initialsOf } from '../people/person.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Notice, Row, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { sectionName } from './review.ts';
import { draftOf } from './reviewDraft.ts';
import {
  anchorOf,
  type Draft,
  type ReviewFacts,
  type ReviewReady,
  type ReviewSection,
} from './reviewFacts.ts';
import { sectionOf } from './reviewSection.ts';
import { queueOf, standing, stepOf } from './reviewStanding.ts';
import { droppedSince, sectionTexts, type SectionText } from './sectionText.ts';

export interface ReviewPage extends PageModel {
  back: { href: string; label: string };
  eyebrow: string;
  initials: string;
  queue: { label: string; text: string; next: Action | null } | null;
  /** A post that came too late: the service's words, and what was typed. */
  problem: { title: string; text: string; kept: string | null } | null;
  /** Where the plan stands; not said while it is being reviewed. */
  notice: Notice | null;
  /** Begin the review, or undo the approval: a form of its own. */
  step: { action: string; button: Action; hint: string | null } | null;
  summary: {
    heading: string;
    text: string | null;
    segments: { label: string; items: readonly Segment[] } | null;
    isMarked: boolean;
  };
  sections: readonly ReviewSection[];
  same: { title: string; chip: string; rows: readonly Row[] } | null;
  /** The advisor's draft; null where the plan is only read. */
  draft: Draft | null;
  /** Where comments are posted while there is no draft; null for those who only read. */
  commentAction: string | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'reviews/show': ReviewPage;
  }
}

/** The review of one plan, or the plan to read where there is nothing to review. */
export function reviewPage(words: Words, facts: ReviewFacts): ReviewPage {
  const { t } = words;
  const { student, plan, approved, viewer } = facts;
  const reviewing = viewer.isAdvisor && (plan.state === 'submitted' || plan.state === 'in_review');
  const ready: ReviewReady = { ...facts, words, reviewing, called: student.given || student.name };
  const texts = sectionTexts(words, facts, approved?.content ?? null);
  const changed = texts.filter(({ change }) => change !== 'same');
  // Where nothing changed there would be nothing to read: then the whole plan is shown.
  const onlyChanges = approved !== null && facts.show === 'changes' && changed.length > 0;
  const shown = onlyChanges ? texts.filter((text) => isToRead(ready, text)) : texts;
  const sections = shown.map((text) => sectionOf(ready, text));
  const title = t(reviewing ? 'review.title' : 'review.readTitle', { name: ready.called });
  return {
    title,
    // The segmented links live there.
    styles: 'wide',
    back: { href: paths.student(student.id), label: t('review.toStudent', { name: ready.called }) },
    eyebrow: [student.sisId, sentText(ready)].filter(Boolean).join(' · '),
    initials: initialsOf(student.name),
    queue: reviewing || facts.queue.length > 0 ? queueOf(ready) : null,
    problem: facts.problem
      ? { title: t('system.conflict.title'), text: facts.problem.message, kept: facts.problem.kept }
      : null,
    notice: reviewing && plan.state === 'in_review' ? null : { id: 'stands', ...standing(ready) },
    step: stepOf(ready),
    summary: summaryOf(ready, changed.length, texts.length),
    sections,
    same:
      onlyChanges && shown.length < texts.length
        ? sameOf(
            ready,
            texts.filter((text) => !shown.includes(text)),
          )
        : null,
    draft: reviewing ? draftOf(ready, shown) : null,
    commentAction: !reviewing && viewer.isAdvisor ? paths.studentComments(student.id) : null,
    errors: facts.errors.map((error) => linked(error, shown)),
  };
}

function sentText({ words: { t, fmt }, plan, now }: ReviewReady): string {
  return plan.submittedAt
    ? t('review.sent', { when: fmt.daysFrom(fmt.dayOf(plan.submittedAt), fmt.dayOf(now)) })
    : t('review.notSent');
}

/** It changed since the approval, or the advisor has said something about it all the same. */
function isToRead(ready: ReviewReady, { section, change }: SectionText): boolean {
  const said = ready.review?.answers.some(
    (answer) => answer.section === section && (answer.answer === 'change' || answer.comment !== ''),
  );
  return change !== 'same' || said === true;
}

/** An error names a section; its summary links to that section's box. */
function linked({ field, message }: FieldError, shown: readonly SectionText[]): FieldError {
  const first = shown[0]?.section ?? 'strengths';
  if (field === 'answers') return { field: `answer.${first}`, message };
  return { field: shown.some(({ section }) => section === field) ? `comment.${field}` : field, message };
}

function summaryOf(ready: ReviewReady, changes: number, total: number): ReviewPage['summary'] {
  const {
    words: { t, fmt },
    approved,
    student,
    show,
  } = ready;
  if (!approved)
    return {
      heading: t('review.first'),
      text: t('review.firstText', { count: total }),
      segments: null,
      isMarked: false,
    };
  const dropped = droppedSince(ready, approved.content);
  const href = paths.review(student.id);
  const onlyChanges = show === 'changes' && changes > 0;
  const items = [
    { label: t('review.showChanges', { count: changes }), href, current: onlyChanges },
    { label: t('review.showAll', { count: total }), href: `${href}?show=all`, current: !onlyChanges },
  ];
  return {
    heading: t('review.changed', { count: changes, day: fmt.date(approved.at) }),
    text: dropped.length === 0 ? null : t('review.dropped', { list: fmt.list(dropped) }),
    segments: changes === 0 ? null : { label: t('review.show'), items },
    isMarked: changes > 0,
  };
}

function sameOf(ready: ReviewReady, texts: readonly SectionText[]): ReviewPage['same'] {
  const {
    words: { t, fmt },
    plan,
    student,
    approved,
  } = ready;
  const rows = texts.map(({ section }): Row => ({
    label: sectionName(plan, section, t),
    href: `${paths.review(student.id)}?show=all#${anchorOf(section)}`,
    state: 'done',
    status: { label: t('review.sameChip'), tone: 'plain' },
  }));
  const day = approved ? fmt.date(approved.at) : '';
  return { title: t('review.same', { count: rows.length, day }), chip: t('review.sameChip'), rows };
}
