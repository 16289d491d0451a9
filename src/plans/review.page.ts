import type { Waiting } from '../caseload/caseload.ts';
import { initialsOf } from '../people/person.ts';
import type { FieldError } from '../shared/errors.ts';
import type { Chunk } from '../shared/i18n.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Choices, Field, Notice, Row, Segment, ThreadComment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isAside, sectionsOf, type Plan, type PlanSection } from './plan.ts';
import { sectionName, type PlanReview, type ReviewAnswer } from './review.ts';
import { droppedSince, sectionTexts, type SectionText } from './sectionText.ts';
import type { SnapshotContent } from './snapshot.ts';
import { mayMove, STATE_LABEL } from './transition.ts';

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

export interface ReviewSection {
  id: string;
  heading: string;
  chips: readonly Chip[];
  lines: SectionText['lines'];
  steps: SectionText['steps'];
  thread: readonly ThreadComment[];
  comment: Field | null;
  /** What was saved elsewhere meanwhile, to be read beside what was typed here. */
  theirs: string | null;
  answer: Choices | null;
  /** Which version of the answer this page was made from. */
  seen: { name: string; value: number } | null;
  section: PlanSection;
}

export interface Draft {
  action: string;
  version: number;
  /** Open as ids: the answers of each section shown, in the page's order. */
  answers: readonly { name: string; label: string; value: ReviewAnswer['answer'] }[];
  note: Field;
  /** Label of the button for 0, 1, 2 … changes: the script counts along. */
  returnLabels: readonly string[];
  changes: number;
  savedAt: string | null;
  nothingSeen: string;
  whatNext: readonly (readonly Chunk[])[];
  next: { href: string; name: string; initials: string; note: string } | null;
  openNext: boolean;
}

declare module '../shared/page.ts' {
  interface Pages {
    'reviews/show': ReviewPage;
  }
}

/** A comment as the page needs it. */
export interface Said {
  section: PlanSection;
  author: string;
  authorRole: string;
  text: string;
  at: Date;
  visibility: 'plan' | 'staff';
}

/** What a refused post held. */
export interface Typed {
  note: string;
  openNext: boolean;
  sections: ReadonlyMap<PlanSection, { answer: ReviewAnswer['answer']; comment: string }>;
  /** Comments that another tab or advisor saved meanwhile. */
  theirs: ReadonlyMap<PlanSection, string>;
}

export interface ReviewFacts {
  student: { id: string; name: string; given: string; sisId: string | null };
  plan: Plan;
  /** Who reads; only advisors answer and comment. */
  viewer: { person: string; isAdvisor: boolean };
  review: PlanReview | null;
  approved: { content: SnapshotContent; at: Date } | null;
  /** Sections the last review asked a change of. */
  asked: readonly PlanSection[];
  comments: readonly Said[];
  /** Person id → name, of everybody named on the page. */
  names: ReadonlyMap<string, string>;
  queue: readonly Waiting[];
  show: 'changes' | 'all';
  now: Date;
  typed: Typed | null;
  problem: { message: string; kept: string | null } | null;
  errors: readonly FieldError[];
}

interface Ready extends ReviewFacts {
  words: Words;
  /** As one calls the student in a sentence. */
  called: string;
  reviewing: boolean;
}

export function reviewPage(words: Words, facts: ReviewFacts): ReviewPage {
  const { t } = words;
  const { student, plan, approved, viewer } = facts;
  const reviewing = viewer.isAdvisor && (plan.state === 'submitted' || plan.state === 'in_review');
  const ready: Ready = { ...facts, words, reviewing, called: student.given || student.name };
  const texts = sectionTexts(words, plan, approved?.content ?? null);
  const changed = texts.filter(({ change }) => change !== 'same');
  // Where nothing changed there would be nothing to read: then the whole plan is shown.
  const onlyChanges = approved !== null && facts.show === 'changes' && changed.length > 0;
  const shown = onlyChanges ? texts.filter((text) => isToRead(ready, text)) : texts;
  const sections = shown.map((text) => sectionOf(ready, text));
  const title = t(reviewing ? 'review.title' : 'review.readTitle', { name: ready.called });
  return {
    title,
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

function sentText({ words: { t, fmt }, plan, now }: Ready): string {
  return plan.submittedAt
    ? t('review.sent', { when: fmt.moment(plan.submittedAt, now) })
    : t('review.notSent');
}

/** It changed since the approval, or the advisor has said something about it all the same. */
function isToRead(ready: Ready, { section, change }: SectionText): boolean {
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

/** The student after this one in the queue; behind the last one it begins again. */
export function nextInQueue(queue: readonly Waiting[], student: string): Waiting | null {
  const index = queue.findIndex(({ person }) => person === student);
  const following = queue[index + 1] ?? queue[0] ?? null;
  return following?.person === student ? null : following;
}

function queueOf({ words: { t }, queue, student }: Ready): ReviewPage['queue'] {
  const index = queue.findIndex(({ person }) => person === student.id);
  const next = nextInQueue(queue, student.id);
  const total = queue.length;
  return {
    label: t('review.queue'),
    text: index === -1 ? t('review.others', { total }) : t('review.position', { position: index + 1, total }),
    next: next && {
      label: t('review.next', { name: next.name }),
      href: paths.review(next.person),
      iconEnd: 'chevr',
    },
  };
}

type Standing = Pick<Notice, 'title' | 'text' | 'tone' | 'icon'>;

/** Where the plan stands, and what the reader can do about it. */
function standing({ words: { t, fmt }, plan, called: name, viewer, asked, names, now }: Ready): Standing {
  if (isAside(plan)) {
    const reason = { state: t(STATE_LABEL[plan.state]), reason: plan.asideReason ?? '' };
    return {
      title: t('review.done.aside'),
      text: t('review.done.asideText', reason),
      tone: 'now',
      icon: 'clock',
    };
  }
  switch (plan.state) {
    case 'submitted':
      return {
        title: t('review.start.title'),
        text: t('review.start.text', { name }),
        tone: 'now',
        icon: 'eye',
      };
    case 'in_review':
      return {
        title: t(viewer.isAdvisor ? 'overview.stands.inReview' : 'review.chip.inReview'),
        text: t('review.nothingSeen', { name }),
        tone: 'now',
        icon: 'eye',
      };
    case 'returned': {
      const count = Math.max(asked.length, 1);
      return {
        title: t('review.done.returned'),
        text: t('review.done.returnedText', { name, count }),
        tone: 'warn',
        icon: 'undo',
      };
    }
    case 'not_started':
    case 'draft':
      return {
        title: t('review.done.writing', { name }),
        text: t('review.done.writingText'),
        tone: 'now',
        icon: 'pencil',
      };
    case 'amending':
      return {
        title: t('review.done.amending', { name }),
        text: t('review.done.writingText'),
        tone: 'now',
        icon: 'pencil',
      };
    case 'closed':
    case 'archived':
      return {
        title: t('review.done.closed', { state: t(STATE_LABEL[plan.state]) }),
        text: t('review.done.closedText'),
        tone: 'done',
        icon: 'check',
      };
    default: {
      const by =
        plan.approvedBy === viewer.person ? t('review.you') : (names.get(plan.approvedBy ?? '') ?? '');
      const when = plan.approvedAt ? fmt.moment(plan.approvedAt, now) : '';
      return {
        title: t('review.done.approved'),
        text: t('review.done.approvedText', { name: by || t('overview.somebody'), when }),
        tone: 'done',
        icon: 'check',
      };
    }
  }
}

function stepOf({ words: { t }, plan, student, viewer }: Ready): ReviewPage['step'] {
  if (!viewer.isAdvisor) return null;
  if (mayMove(plan, 'startReview', 'advisor'))
    return {
      action: paths.startReview(student.id),
      button: { label: t('review.start.button'), icon: 'eye' },
      hint: null,
    };
  if (mayMove(plan, 'undoApproval', 'advisor'))
    return {
      action: paths.undoApproval(student.id),
      button: { label: t('review.done.undo'), icon: 'undo' },
      hint: t('review.done.undoHint'),
    };
  return null;
}

function summaryOf(ready: Ready, changes: number, total: number): ReviewPage['summary'] {
  const {
    words: { t, fmt },
    approved,
    plan,
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
  const dropped = droppedSince(plan, approved.content);
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

function sectionOf(ready: Ready, { section, change, lines, steps }: SectionText): ReviewSection {
  const { words, plan, reviewing, viewer, comments, typed, errors } = ready;
  const { t } = words;
  const heading = sectionName(plan, section, t);
  const stored = ready.review?.answers.find((answer) => answer.section === section);
  const mine = typed?.sections.get(section);
  const error = errors.find(({ field }) => field === section)?.message ?? null;
  const thread = comments
    .filter((comment) => comment.section === section)
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((comment) => spoken(ready, comment));
  const answer = mine?.answer ?? stored?.answer ?? 'none';
  return {
    id: anchorOf(section),
    section,
    heading,
    chips: chipsOf(ready, section, change),
    lines,
    steps,
    thread,
    comment: viewer.isAdvisor
      ? commentField(ready, section, heading, {
          value: mine?.comment ?? (reviewing ? (stored?.comment ?? '') : ''),
          error: reviewing ? error : null,
        })
      : null,
    theirs: typed?.theirs.get(section) ?? null,
    answer: reviewing ? answerChoices(ready, section, heading, answer) : null,
    seen: reviewing ? { name: `seen.${section}`, value: stored?.version ?? 0 } : null,
  };
}

/** Id of a section's heading. */
function anchorOf(section: PlanSection): string {
  return `section-${section.replace(':', '-')}`;
}

function commentField(
  { words: { t }, called, reviewing }: Ready,
  section: PlanSection,
  heading: string,
  { value, error }: { value: string; error: string | null },
): Field {
  return {
    name: reviewing ? `comment.${section}` : 'text',
    id: `comment.${section}`,
    label: t('review.addComment'),
    more: t('review.commentsOn', { section: heading }),
    kind: 'textarea',
    compact: true,
    value,
    error,
    hint: t(reviewing ? 'review.commentHint' : 'review.commentNow', { name: called }),
    maxLength: LONGEST_COMMENT,
  };
}

/** Longest comment, in UTF-16 units. */
export const LONGEST_COMMENT = 2_000;

function answerChoices(
  { words: { t } }: Ready,
  section: PlanSection,
  heading: string,
  answer: ReviewAnswer['answer'],
): Choices {
  return {
    name: `answer.${section}`,
    legend: t('review.answer'),
    more: t('review.answerFor', { section: heading }),
    value: answer,
    options: [
      { value: 'good', label: t('review.good'), tone: 'done' },
      { value: 'change', label: t('review.change'), tone: 'warn' },
    ],
  };
}

function chipsOf(
  { words: { t }, asked, plan }: Ready,
  section: PlanSection,
  change: SectionText['change'],
): Chip[] {
  const chips: Chip[] = [];
  if (asked.includes(section)) chips.push({ label: t('review.chip.asked'), tone: 'warn', icon: 'msg' });
  if (!isFinished(plan, section))
    chips.push({ label: t('review.chip.unfinished'), tone: 'quiet', icon: 'circle' });
  if (change === 'changed') chips.push({ label: t('review.chip.changed'), tone: 'now', icon: 'pencil' });
  if (change === 'new') chips.push({ label: t('review.chip.new'), tone: 'review', icon: 'plus' });
  return chips;
}

function isFinished(plan: Plan, section: PlanSection): boolean {
  if (section === 'strengths' || section === 'improvements' || section === 'interests')
    return plan.profile[section].finished;
  return plan.goals.some((goal) => section === `goal:${goal.id}` && goal.finished);
}

function spoken({ words: { t, fmt }, viewer, names, now, student }: Ready, said: Said): ThreadComment {
  const name = names.get(said.author) ?? t('overview.somebody');
  const when = fmt.moment(said.at, now);
  return {
    initials: initialsOf(name),
    tone: said.author === student.id ? 'done' : null,
    name: said.author === viewer.person ? t('review.you') : name,
    when: said.visibility === 'staff' ? `${when} (${t('review.staffOnly')})` : when,
    datetime: said.at.toISOString(),
    text: said.text,
  };
}

function sameOf(ready: Ready, texts: readonly SectionText[]): ReviewPage['same'] {
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

function draftOf(ready: Ready, shown: readonly SectionText[]): Draft {
  const { words, review, typed, called: name, plan, student, now } = ready;
  const { t, fmt } = words;
  const answers = shown.map(({ section }) => ({
    name: `answer.${section}`,
    label: sectionName(plan, section, t),
    value: answerTo(ready, section),
  }));
  const changes = sectionsOf(plan).filter((section) => answerTo(ready, section) === 'change').length;
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
    returnLabels: Array.from({ length: sectionsOf(plan).length + 1 }, (_, count) =>
      t('review.return', { count }),
    ),
    changes,
    savedAt: saved && fmt.moment(saved, now),
    nothingSeen: t('review.nothingSeen', { name }),
    whatNext: [t.rich('review.whatReturn', { name }), t.rich('review.whatApprove')],
    next: next && {
      href: paths.review(next.person),
      name: next.name,
      initials: initialsOf(next.name),
      note: next.since ? t('review.sent', { when: fmt.moment(next.since, now) }) : '',
    },
    openNext: typed?.openNext ?? true,
  };
}

function answerTo({ typed, review }: Ready, section: PlanSection): ReviewAnswer['answer'] {
  const stored = review?.answers.find((answer) => answer.section === section);
  return typed?.sections.get(section)?.answer ?? stored?.answer ?? 'none';
}

function newest(review: PlanReview | null): Date | null {
  const times = (review?.answers ?? []).map(({ at }) => at.getTime());
  return times.length === 0 ? null : new Date(Math.max(...times));
}
