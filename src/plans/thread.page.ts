import { initialsOf } from '../people/person.ts';
import type { Words } from '../shared/page.ts';
import type { ThreadComment } from '../shared/parts.ts';

/** Something a person wrote into a conversation: a comment, a check-in. */
export interface Spoken {
  author: string;
  text: string;
  at: Date;
  visibility?: 'plan' | 'staff';
}

/** Who reads a conversation, about whose plan, with the names of those who wrote. */
export interface Listener {
  student: string;
  viewer: string;
  names: ReadonlyMap<string, string>;
  now: Date;
}

/** One contribution as a thread shows it: the reader's own are "You", and staff's own words are marked. */
export function spokenBy(
  { t, fmt }: Words,
  { author, text, at, visibility }: Spoken,
  { student, viewer, names, now }: Listener,
): ThreadComment {
  const name = names.get(author) ?? t('thread.somebody');
  const when = fmt.moment(at, now);
  return {
    initials: initialsOf(name),
    tone: author === student ? 'done' : null,
    name: author === viewer ? t('thread.you') : name,
    when: visibility === 'staff' ? t('thread.staffOnly', { when }) : when,
    datetime: at.toISOString(),
    text,
  };
}
