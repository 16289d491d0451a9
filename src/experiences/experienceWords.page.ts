import type { Words } from '../shared/page.ts';
import type { Chip, Option } from '../shared/parts.ts';
import { EXPERIENCE_KINDS, hoursOf, type Confirmation, type Experience } from './experience.ts';

/** The state in a chip; staff read "Waits for you" where the student reads "With your advisor". */
export function stateChip(
  { t }: Words,
  { state, archivedAt }: Experience,
  reader: 'student' | 'staff',
): Chip {
  if (archivedAt) return { label: t('experiences.state.archived'), tone: 'quiet' };
  switch (state) {
    case 'draft':
      return { label: t('experiences.state.draft'), tone: 'quiet' };
    case 'submitted':
      return reader === 'staff'
        ? { label: t('experiences.staff.state.submitted'), tone: 'review', icon: 'eye' }
        : { label: t('experiences.state.submitted'), tone: 'review', icon: 'eye' };
    case 'verified':
      return { label: t('experiences.state.verified'), tone: 'done', icon: 'check' };
    case 'returned':
      return { label: t('experiences.state.returned'), tone: 'warn', icon: 'warn' };
  }
}

/** "Volunteering at the city library · 12 hours" */
export function oneLineOf({ t }: Words, one: Experience): string {
  const kind = t(`experiences.kind.${one.kind}`);
  const hours = hoursOf(one);
  return one.organisation === ''
    ? t('experiences.line', { kind, hours })
    : t('experiences.lineAt', { kind, organisation: one.organisation, hours });
}

/** "September 1, 2026 to June 5, 2027"; null without a day. */
export function datesOf({ t, fmt }: Words, { from, to }: Pick<Experience, 'from' | 'to'>): string | null {
  if (from && to) return t('experiences.offer.dates', { from: fmt.date(from), to: fmt.date(to) });
  if (from) return t('experiences.offer.from', { from: fmt.date(from) });
  return to && t('experiences.offer.until', { to: fmt.date(to) });
}

/** "Ms. Alvarez confirmed 12 hours on October 3." with the advisor's note. */
export function confirmedWords({ t, fmt }: Words, confirmed: Confirmation, name: string): string {
  const { how, hours, at, note } = confirmed;
  const said = t(`experiences.confirmedBy.${how}`, { name, hours, day: fmt.date(at) });
  return note === '' ? said : `${said} ${note}`;
}

export function kindOptions({ t }: Words): Option[] {
  return EXPERIENCE_KINDS.map((value) => ({ value, label: t(`experiences.kind.${value}`) }));
}
