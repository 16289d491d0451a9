import type { SavedOption } from '../careers/exploration.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Choices, Field, Head, Todo } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { LIMITS } from './after.ts';
import { applicationLine, statusChip } from './applicationList.page.ts';
import {
  APPLICATION_KINDS,
  APPLICATION_MOVES,
  APPLICATION_PARTS,
  type Application,
  type ApplicationPart,
} from './application.ts';

/** The form of an application, new or known. */
interface ApplicationFields {
  action: string;
  where: Field;
  programme: Field | null;
  kind: Field;
  deadline: Field;
  needs: Choices;
}

export interface NewApplicationPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  form: ApplicationFields;
}

/** One application: checklist, how far it is, about it. */
export interface ApplicationPage extends NewApplicationPage {
  ticks: Todo[];
  status: { action: string; now: string; moves: Action[] };
  archive: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'after/newApplication': NewApplicationPage;
    'after/application': ApplicationPage;
  }
}

/** The form as text. */
export interface TypedApplication {
  where: string;
  programme: string;
  kind: string;
  deadline: string;
  needs: string[];
}

/** What is typed in before anything is: every part is asked for until the student says otherwise. */
const BLANK: TypedApplication = {
  where: '',
  programme: '',
  kind: 'college',
  deadline: '',
  needs: [...APPLICATION_PARTS],
};

interface After {
  problems?: readonly FieldError[];
  typed?: TypedApplication;
}

export function newApplicationPage(
  words: Words,
  programmes: readonly SavedOption[],
  { problems = [], typed = BLANK }: After = {},
): NewApplicationPage {
  const { t } = words;
  const title = t('after.apply.new');
  return {
    title,
    head: {
      title,
      lede: t('after.apply.newLede'),
      back: { href: paths.applications, label: t('after.back.applications') },
    },
    errors: problems,
    form: fieldsOf(words, paths.applications, programmes, typed, problems),
  };
}

export function applicationPage(
  words: Words,
  { one, programmes, today }: { one: Application; programmes: readonly SavedOption[]; today: string },
  { problems = [], typed = typedFrom(one) }: After = {},
): ApplicationPage {
  const { t } = words;
  const chip: Chip = statusChip(words, one);
  return {
    title: one.where,
    styles: 'wide',
    head: {
      title: one.where,
      lede: applicationLine(words, one, today),
      status: chip,
      back: { href: paths.applications, label: t('after.back.applications') },
    },
    errors: problems,
    form: fieldsOf(words, paths.application(one.id), programmes, typed, problems),
    ticks: one.needs.map((part) => partTick(words, one, part)),
    status: {
      action: paths.moveApplication(one.id),
      now: t('after.apply.statusNow', { status: chip.label }),
      moves: APPLICATION_MOVES[one.status].map((to) => ({
        label: t(`after.move.${to}`),
        name: 'to',
        value: to,
        kind: to === 'withdrawn' ? 'quiet' : 'plain',
      })),
    },
    archive: paths.archiveApplication(one.id),
  };
}

function partTick({ t }: Words, one: Application, part: ApplicationPart): Todo {
  const done = one.done.includes(part);
  return {
    id: `part-${part}`,
    label: t(`after.part.${part}`),
    meta: done ? t('after.apply.ready') : t('after.apply.notReady'),
    done,
    action: paths.applicationPart(one.id, part),
  };
}

function fieldsOf(
  { t }: Words,
  action: string,
  programmes: readonly SavedOption[],
  typed: TypedApplication,
  problems: readonly FieldError[],
): ApplicationFields {
  const field = (
    name: keyof Omit<TypedApplication, 'needs'>,
    label: string,
    more: Partial<Field> = {},
  ): Field => ({
    name,
    label,
    value: typed[name],
    error: errorOf(problems, name),
    ...more,
  });
  const saved = programmes.map(({ option, title }) => ({ value: option, label: title }));
  return {
    action,
    where: field('where', t('after.apply.where'), {
      hint: programmes.length > 0 ? t('after.apply.whereHint') : null,
      sees: t('after.sees'),
      maxLength: LIMITS.line,
    }),
    programme:
      programmes.length === 0
        ? null
        : field('programme', t('after.apply.programme'), {
            kind: 'select',
            options: [{ value: '', label: t('after.apply.noProgramme') }, ...saved],
          }),
    kind: field('kind', t('after.apply.kind'), {
      kind: 'select',
      options: APPLICATION_KINDS.map((value) => ({ value, label: t(`after.apply.kind.${value}`) })),
    }),
    deadline: field('deadline', t('after.apply.deadline'), { kind: 'date', optional: true }),
    needs: {
      name: 'needs',
      legend: t('after.apply.needs'),
      options: APPLICATION_PARTS.map((value) => ({ value, label: t(`after.part.${value}`) })),
      values: typed.needs,
      error: errorOf(problems, 'needs'),
    },
  };
}

function typedFrom({ where, programme, kind, deadline, needs }: Application): TypedApplication {
  return { where, programme: programme ?? '', kind, deadline: deadline ?? '', needs };
}
