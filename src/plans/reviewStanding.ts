import type { Waiting } from '../caseload/caseload.ts';
import type { Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isAside } from './plan.ts';
import type { ReviewPage } from './review.page.ts';
import type { ReviewReady } from './reviewFacts.ts';
import { mayMove, STATE_LABEL } from './transition.ts';

/** The student after this one in the queue; behind the last one it begins again. */
export function nextInQueue(queue: readonly Waiting[], student: string): Waiting | null {
  const index = queue.findIndex(({ person }) => person === student);
  const following = queue[index + 1] ?? queue[0] ?? null;
  return following?.person === student ? null : following;
}

export function queueOf({ words: { t }, queue, student }: ReviewReady): ReviewPage['queue'] {
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
export function standing({
  words: { t, fmt },
  plan,
  called: name,
  viewer,
  asked,
  names,
  now,
}: ReviewReady): Standing {
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
      const when = plan.approvedAt ? fmt.moment(plan.approvedAt, now) : '';
      const by = names.get(plan.approvedBy ?? '') ?? t('thread.somebody');
      const isOwn = plan.approvedBy === viewer.person;
      return {
        title: t('review.done.approved'),
        text: isOwn
          ? t('review.done.approvedByYou', { when })
          : t('review.done.approvedBy', { name: by, when }),
        tone: 'done',
        icon: 'check',
      };
    }
  }
}

export function stepOf({ words: { t }, plan, student, viewer }: ReviewReady): ReviewPage['step'] {
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
