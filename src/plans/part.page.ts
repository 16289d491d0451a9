import { initialsOf } from '../people/person.ts';
import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Field, Head, ThreadComment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Comment } from './comment.ts';
import { mayEdit } from './editing.ts';
import { LONGEST_PART, type Plan, type ProfileKey } from './plan.ts';
import { STATE_LABEL } from './transition.ts';

/** One question about oneself, with what was said about it. */
export interface PartPage extends PageModel {
  head: Head;
  action: string;
  version: number;
  field: Field;
  finished: { name: string; label: string; hint: string; checked: boolean };
  savedAt: string | null;
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
  problems?: readonly FieldError[];
}

export function partPage(words: Words, facts: PartFacts): PartPage {
  const { plan, key, problems = [] } = facts;
  const { t, fmt } = words;
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
      error: problems.find(({ field }) => field === 'text')?.message ?? null,
    },
    finished: {
      name: 'finished',
      label: t('part.finished'),
      hint: t('part.finishedHint'),
      checked: finished,
    },
    savedAt: part.changedAt && fmt.time(part.changedAt),
    locked: mayEdit(plan, 'student') ? null : t('plans.error.locked', { state: t(STATE_LABEL[plan.state]) }),
    text: part.text || t('part.nothing'),
    comments: threadOf(words, facts, key),
    reply: {
      action: paths.reply,
      section: key,
      field: {
        name: 'comment',
        label: t('part.reply'),
        hint: t('part.replyHint'),
        kind: 'textarea',
        rows: 2,
      },
    },
    errors: problems,
  };
}

/** A section's comments, oldest first, with "You" for the viewer's own. */
export function threadOf(
  { t, fmt }: Words,
  { comments, names, viewer, now }: PartFacts,
  section: string,
): ThreadComment[] {
  return comments
    .filter((comment) => comment.section === section)
    .toReversed()
    .map(({ author, authorRole, text, at }) => {
      const name = names.get(author) ?? '';
      return {
        initials: initialsOf(name),
        ...(authorRole === 'student' ? { tone: 'done' as const } : {}),
        name: author === viewer ? t('part.you') : name,
        when: fmt.moment(at, now),
        datetime: at.toISOString(),
        text,
      };
    });
}
