import type { Institution } from '../institutions/institution.ts';
import type { FieldError } from '../shared/errors.ts';
import { errorOf } from '../shared/fieldErrors.ts';
import type { Words } from '../shared/page.ts';
import type { Action, Choices, Field, Option } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { settingsAsTyped, type TypedSettings } from './settingsForm.ts';

export type { TypedSettings } from './settingsForm.ts';

/** What an administrator may change of a school. */
export interface SettingsForm {
  action: string;
  fields: readonly Field[];
  /** Month and day, beside each other. */
  yearStarts: readonly Field[];
  sees: Choices;
  button: Action;
}

interface Facts {
  school: Institution;
  typed: TypedSettings | null;
  errors: readonly FieldError[];
}

export function settingsForm(words: Words, { school, typed, errors }: Facts): SettingsForm {
  const { t } = words;
  const now = typed ?? settingsAsTyped(school);
  return {
    action: paths.adminSettings,
    fields: [
      {
        name: 'planName',
        label: t('admin.settings.planName'),
        hint: t('admin.settings.planNameHint'),
        value: now.planName,
        maxLength: 60,
        error: errorOf(errors, 'planName'),
      },
      {
        name: 'zone',
        kind: 'select',
        label: t('admin.settings.zone'),
        hint: t('admin.settings.zoneHint'),
        value: now.zone,
        options: zonesWith(now.zone),
        error: errorOf(errors, 'zone'),
      },
    ],
    yearStarts: [
      {
        name: 'month',
        kind: 'select',
        label: t('admin.settings.month'),
        value: now.month,
        options: monthsIn(words),
        compact: true,
        error: errorOf(errors, 'month'),
      },
      {
        name: 'day',
        kind: 'number',
        label: t('admin.settings.day'),
        value: now.day,
        compact: true,
        error: errorOf(errors, 'day'),
      },
    ],
    sees: {
      name: 'sees',
      legend: t('admin.settings.sees'),
      value: now.sees,
      options: (['advisory', 'all'] as const).map((value) => ({
        value,
        label: t(`admin.settings.${value}`),
      })),
      error: errorOf(errors, 'sees'),
    },
    button: { label: t('admin.settings.save') },
  };
}

/** Every zone this server knows, and the school's own, should it be an older name. */
function zonesWith(zone: string): Option[] {
  const all = Intl.supportedValuesOf('timeZone');
  return (all.includes(zone) || zone === '' ? all : [zone, ...all]).map((value) => ({
    value,
    label: value.replaceAll('_', ' '),
  }));
}

function monthsIn({ t }: Words): Option[] {
  const format = new Intl.DateTimeFormat(t.locale, { month: 'long', timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1).padStart(2, '0'),
    label: format.format(new Date(Date.UTC(2026, index, 1))),
  }));
}
