import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Field, Head, ThreadComment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { savedToday } from '../shared/savedToday.ts';
import { LONGEST_COMMENT, type Comment } from './comment.ts';
import { mayEdit } from './editing.ts';
import { isApproved, LONGEST_PART, type Plan, type ProfileKey } from './plan.ts';
import { spokenBy } from './thread.page.ts';
import { STATE_LABEL } from './transition.ts';

/** One question about oneself, with what was said about it. */
export interface PartPage extends PageModel {
  head: Head;
  action: string;
  version: number;
  field: Field;
  finished: { name: string; label: string; hint: string; checked: boolean };
  /** Time of day of the last save, if it was today. */
  savedAt: string | null;
  /** Written in an earlier year: one button says that it is still true. */
  still: boolean;
  /** Null: it may be written. Else why not. */
  locked: string | null;
  text: string;
  comments: ThreadComment[];
  reply: { action: string; section: string; field: Field };
  errors: readonly FieldError[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'plans/part': PartPage;
  }
}

export interface PartFacts {
  plan: Plan;
  key: ProfileKey;
  comments: readonly Comment[];
  /** Names of those who wrote, by person id. */
  names: ReadonlyMap<string, string>;
  viewer: string;
  now: Date;
  /** After an error: what was typed. */
  typed?: { text: string; finished: boolean };
  comment?: string;
  problems?: readonly FieldError[];
}

export function partPage(words: Words, facts: PartFacts): PartPage {
  const { plan, key, problems = [] } = facts;
  const { t } = words;
  const part = plan.profile[key];
  const { text, finished } = facts.typed ?? part;
  const title = t(`plans.part.${key}`);
  return {
    title,
    head: { title, lede: t(`part.${key}.lede`), back: { href: paths.plan, label: t('part.back') } },
    action: paths.profilePart(key),
    version: part.version,
    field: {
      name: 'text',
      label: t(`part.${key}.label`),
      hint: t(`part.${key}.hint`),
      kind: 'textarea',
      rows: 7,
      value: text,
      maxLength: LONGEST_PART,
      sees: t('part.sees'),
      error: errorOf(problems, 'text'),
    },
    finished: {
      name: 'finished',
      label: t('part.finished'),
      hint: t(isApproved(plan) ? 'part.finishedInUse' : 'part.finishedHint'),
      checked: finished,
    },
    savedAt: savedToday(words, part.changedAt, facts.now),
    still: part.toConfirm && mayEdit(plan, 'student'),
    locked: mayEdit(plan, 'student') ? null : t('plans.error.locked', { state: t(STATE_LABEL[plan.state]) }),
    text: part.text || t('part.nothing'),
    comments: threadOf(words, facts, key),
    reply: {
      action: paths.reply,
      section: key,
      field: {
        name: 'comment',
        label: t('part.reply'),
        sees: t('part.reply.sees'),
        kind: 'textarea',
        rows: 2,
        maxLength: LONGEST_COMMENT,
        value: facts.comment ?? '',
        error: errorOf(problems, 'comment'),
      },
    },
    errors: problems,
  };
}

/** A section's comments, oldest first. The reader is the student. */
function threadOf(
  words: Words,
  { comments, names, viewer, now }: PartFacts,
  section: string,
): ThreadComment[] {
  return comments
    .filter((comment) => comment.section === section)
    .toReversed()
    .map((comment) => spokenBy(words, comment, { student: viewer, viewer, names, now }));
}
