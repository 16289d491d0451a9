import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { savedToday } from '../shared/savedToday.ts';
import { CYCLE_LIMITS, QUESTION_KEYS, type ReviewCycle, type SelfReviewForm } from './cycle.ts';
import { reviewName } from './words.page.ts';

export interface SelfReviewPage extends PageModel {
  head: Head;
  action: string;
  version: number;
  /** Null: it may be written. Else why not. */
  locked: string | null;
  fields: Field[];
  answers: { label: string; text: string }[];
  finished: { name: string; label: string; hint: string; checked: boolean };
  savedAt: string | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'meetings/selfReview': SelfReviewPage;
  }
}

export interface SelfReviewFacts {
  cycle: ReviewCycle;
  perYear: number;
  now: Date;
  typed?: SelfReviewForm;
  problems?: readonly FieldError[];
}

export function selfReviewPage(words: Words, facts: SelfReviewFacts): SelfReviewPage {
  const { t } = words;
  const { cycle, perYear, now, problems = [] } = facts;
  const { answers, finished } = facts.typed ?? cycle.selfReview;
  const [name, span] = reviewName(words, cycle, perYear);
  const title = t('meetings.selfReview.title');
  return {
    title,
    errors: problems,
    head: {
      title,
      eyebrow: `${name}, ${span}`,
      lede: t('meetings.selfReview.lede'),
      back: { href: paths.meetings, label: t('meetings.back') },
    },
    action: paths.selfReview,
    version: cycle.selfReview.version,
    locked: cycle.state === 'signed_off' ? t('meetings.selfReview.locked') : null,
    fields: QUESTION_KEYS.map((key) => ({
      name: key,
      label: t(`meetings.selfReview.${key}`),
      hint: t(`meetings.selfReview.${key}Hint`),
      kind: 'textarea',
      rows: 4,
      value: answers[key],
      maxLength: CYCLE_LIMITS.answer,
      sees: t('meetings.selfReview.sees'),
      error: errorOf(problems, key),
    })),
    answers: QUESTION_KEYS.map((key) => ({
      label: t(`meetings.selfReview.${key}`),
      text: cycle.selfReview.answers[key] || t('meetings.selfReview.none'),
    })),
    finished: {
      name: 'finished',
      label: t('meetings.selfReview.finished'),
      hint: t('meetings.selfReview.finishedHint'),
      checked: finished,
    },
    savedAt: savedToday(words, cycle.selfReview.changedAt, now),
  };
}
