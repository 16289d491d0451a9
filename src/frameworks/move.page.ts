import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Chip, Field, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Difference } from './difference.ts';
import { moveChip, versionTitle, type VersionCount } from './frameworkList.page.ts';
import { linesOf, type GroupOfLines } from './frameworkWords.page.ts';
import type { Migration, PlanEffect } from './migration.ts';
import type { Template } from './template.ts';

/** Choose whose plans move, look at what would change, then confirm. */
export interface MovePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  action: string;
  none: string | null;
  field: Field;
  shown: {
    from: string;
    groups: GroupOfLines[];
    same: string | null;
    count: string;
    rows: { name: string; href: string; before: string; after: string }[];
    more: { label: string; href: string } | null;
    first: { label: string; href: string } | null;
    confirm: string | null;
  } | null;
}

/** How far one move is. */
export interface MovingPage extends PageModel {
  head: Head;
  active: boolean;
  status: Chip;
  counts: { label: string; value: string }[];
  undo: string | null;
  look: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'frameworks/move': MovePage;
    'frameworks/moving': MovingPage;
  }
}

/** A version in an address or a form: `KEY.VERSION`. */
export function versionMark({ framework, version }: { framework: string; version: number }): string {
  return `${framework}.${version}`;
}

export interface MoveFacts {
  template: Template;
  templates: readonly Template[];
  /** Versions with plans, without this one. */
  others: readonly VersionCount[];
  chosen: {
    from: { framework: string; version: number };
    difference: Difference;
    effects: readonly PlanEffect[];
    /** The last person of this page; null: there are no more. */
    next: string | null;
    isFirst: boolean;
    movable: number;
    names: ReadonlyMap<string, string>;
  } | null;
  errors?: readonly FieldError[];
}

export function movePage(words: Words, facts: MoveFacts): MovePage {
  const { t } = words;
  const { template, templates, others, chosen, errors = [] } = facts;
  const name = versionTitle(words, templates, { framework: template.key, version: template.version });
  const title = t('frameworks.move.title', { name });
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('frameworks.move.lede'),
      back: { href: paths.adminFramework(template.id), label: t('frameworks.compare.back') },
    },
    errors,
    action: paths.movePlans(template.id),
    none: others.length === 0 ? t('frameworks.move.none') : null,
    field: {
      name: 'from',
      kind: 'select',
      label: t('frameworks.move.from'),
      value: chosen ? versionMark(chosen.from) : '',
      compact: true,
      error: errorOf(errors, 'from'),
      options: others.map((one) => ({
        value: versionMark(one),
        label: t('frameworks.move.option', { name: versionTitle(words, templates, one), plans: one.plans }),
      })),
    },
    shown: chosen && shownOf(words, facts, chosen),
  };
}

function shownOf(
  words: Words,
  { template, others }: MoveFacts,
  chosen: NonNullable<MoveFacts['chosen']>,
): NonNullable<MovePage['shown']> {
  const { t } = words;
  const { from, effects, movable, names, next, isFirst } = chosen;
  const all = others.find((one) => versionMark(one) === versionMark(from))?.plans ?? 0;
  const here = `${paths.movePlans(template.id)}?from=${versionMark(from)}`;
  const groups = linesOf(words, chosen.difference);
  const of = (count: PlanEffect['before']): string => t('frameworks.move.of', count);
  return {
    from: versionMark(from),
    groups,
    same: groups.length === 0 ? t('frameworks.compare.same') : null,
    count: t('frameworks.move.count', { movable, staying: Math.max(0, all - movable) }).trim(),
    rows: effects.map(({ person, before, after }) => ({
      name: names.get(person) ?? t('frameworks.move.unknown'),
      href: paths.student(person),
      before: of(before),
      after: of(after),
    })),
    more: next === null ? null : { label: t('frameworks.move.more'), href: `${here}&after=${next}` },
    first: isFirst ? null : { label: t('frameworks.move.first'), href: here },
    confirm: movable === 0 ? null : t('frameworks.move.confirm', { count: movable }),
  };
}

const ACTIVE: ReadonlySet<Migration['status']> = new Set(['waiting', 'running', 'undoing']);

export function movingPage(
  words: Words,
  facts: { move: Migration; templates: readonly Template[]; todo: number; by: string | null; now: Date },
): MovingPage {
  const { t } = words;
  const { move, templates } = facts;
  const title = t('frameworks.moving.title');
  const between = {
    from: versionTitle(words, templates, move.from),
    to: versionTitle(words, templates, move.to),
  };
  return {
    title,
    head: {
      title,
      lede: t('frameworks.move.between', between),
      back: { href: paths.adminFrameworks, label: t('frameworks.back') },
    },
    active: ACTIVE.has(move.status),
    status: moveChip(words, move.status),
    counts: countsOf(words, facts),
    undo: move.status === 'done' ? paths.undoPlanMove(move.id) : null,
    look: paths.planMove(move.id),
  };
}

function countsOf(
  { t, fmt }: Words,
  { move, todo, by, now }: { move: Migration; todo: number; by: string | null; now: Date },
): MovingPage['counts'] {
  const back = move.status === 'undoing' || move.status === 'undone';
  const name = by ?? t('frameworks.moving.someone');
  const asked = t('frameworks.moving.by', { name, when: fmt.moment(move.askedAt, now) });
  return [
    {
      label: t(back ? 'frameworks.moving.movedBack' : 'frameworks.moving.moved'),
      value: fmt.number(move.moved),
    },
    ...(ACTIVE.has(move.status) ? [{ label: t('frameworks.moving.todo'), value: fmt.number(todo) }] : []),
    ...(move.left > 0 ? [{ label: t('frameworks.moving.left'), value: fmt.number(move.left) }] : []),
    { label: t('frameworks.moving.asked'), value: asked },
    ...(move.endedAt ? [{ label: t('frameworks.moving.ended'), value: fmt.moment(move.endedAt, now) }] : []),
  ];
}
