import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Field, Head, Ready, Segment } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { LIMITS, type AfterPlan } from './after.ts';
import { afterTabs } from './afterWords.page.ts';
import {
  byUrgency,
  isOpen,
  liveApplications,
  type Application,
  type ApplicationStatus,
} from './application.ts';

/** Every application with its date and how far it is, or why there is none. */
export interface ApplicationListPage extends PageModel {
  head: Head;
  tabs: { label: string; items: Segment[] };
  errors: readonly FieldError[];
  add: Action;
  none: { title: string; text: string } | null;
  lines: { title: string; href: string; sub: string; chip: Chip }[];
  asks: Ready[];
  notApplying: { action: string; field: Field; said: string | null } | null;
  archived: { title: string; lines: { id: string; title: string; sub: string; action: string }[] } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'after/applications': ApplicationListPage;
  }
}

const TONES: Readonly<Record<ApplicationStatus, Chip>> = {
  planning: { label: '', tone: 'quiet' },
  begun: { label: '', tone: 'now', icon: 'half' },
  sent: { label: '', tone: 'review', icon: 'send' },
  waiting: { label: '', tone: 'warn', icon: 'clock' },
  accepted: { label: '', tone: 'done', icon: 'check' },
  refused: { label: '', tone: 'quiet' },
  withdrawn: { label: '', tone: 'quiet' },
};

/** The status as a chip. */
export function statusChip({ t }: Words, { status }: Pick<Application, 'status'>): Chip {
  return { ...TONES[status], label: t(`after.status.${status}`) };
}

/** "College · 2 of 4 parts ready · by January 15, 2027" @param today the school's calendar day */
export function applicationLine(words: Words, one: Application, today: string): string {
  const { t, fmt } = words;
  const kind = t(`after.apply.kind.${one.kind}`);
  const line =
    one.needs.length === 0
      ? t('after.apply.lineNone', { kind })
      : t('after.apply.line', { kind, done: one.done.length, needs: one.needs.length });
  if (one.deadline === null) return line;
  const isLate = isOpen(one) && one.deadline < today;
  return t(isLate ? 'after.apply.lineLate' : 'after.apply.lineBy', { line, day: fmt.date(one.deadline) });
}

export function applicationListPage(
  words: Words,
  { after, today }: { after: AfterPlan; today: string },
  typed: { problems?: readonly FieldError[]; why?: string } = {},
): ApplicationListPage {
  const { t } = words;
  const live = liveApplications(after);
  const title = t('after.apply.title');
  return {
    title,
    styles: 'wide',
    head: { title, lede: t('after.apply.lede'), back: { href: paths.plan, label: t('after.back.plan') } },
    tabs: afterTabs(words, 'applications'),
    errors: typed.problems ?? [],
    add: { label: t('after.apply.add'), href: paths.newApplication, icon: 'plus', kind: 'primary' },
    none: live.length === 0 ? { title: t('after.apply.none'), text: t('after.apply.noneBody') } : null,
    lines: byUrgency(live).map((one) => ({
      title: one.where,
      href: paths.application(one.id),
      sub: applicationLine(words, one, today),
      chip: statusChip(words, one),
    })),
    asks: [
      {
        label: t('after.asks.application'),
        state: live.length > 0 || after.notApplying ? 'done' : 'todo',
      },
    ],
    notApplying: live.length > 0 ? null : notApplyingOf(words, after, typed),
    archived: archivedOf(words, after, today),
  };
}

function notApplyingOf(
  { t }: Words,
  { notApplying }: AfterPlan,
  { problems = [], why }: { problems?: readonly FieldError[]; why?: string },
): ApplicationListPage['notApplying'] {
  return {
    action: paths.noApplication,
    said: notApplying && t('after.apply.noneSaid'),
    field: {
      name: 'why',
      kind: 'textarea',
      label: t('after.apply.noneWhy'),
      hint: t('after.apply.noneHint'),
      maxLength: LIMITS.text,
      value: why ?? notApplying?.why ?? '',
      error: errorOf(problems, 'why'),
    },
  };
}

function archivedOf(words: Words, after: AfterPlan, today: string): ApplicationListPage['archived'] {
  const away = after.applications.filter(({ archivedAt }) => archivedAt !== null);
  if (away.length === 0) return null;
  return {
    title: words.t('after.apply.archived', { count: away.length }),
    lines: away.map((one) => ({
      id: one.id,
      title: one.where,
      sub: applicationLine(words, one, today),
      action: paths.archiveApplication(one.id),
    })),
  };
}
