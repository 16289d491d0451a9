import { z } from 'zod';
import type { SchoolSettings } from '../institutions/institution.ts';
import { say } from '../plans/say.ts';
import { isDay } from '../shared/day.ts';
import { isTimeZone } from '../shared/format.ts';

/** The settings as an administrator's form holds them: the first day of the year is a month and a day. */
export interface TypedSettings {
  zone: string;
  planName: string;
  month: string;
  day: string;
  sees: string;
}

const Month = z.string().regex(/^(0[1-9]|1[0-2])$/);

export const SettingsPost = z
  .strictObject({
    zone: z.string().refine(isTimeZone, { error: () => say('admin.error.zone') }),
    planName: z
      .string()
      .trim()
      .min(1, { error: () => say('admin.error.planName') })
      .max(60, { error: () => say('admin.error.planName') }),
    month: Month,
    day: z.string().trim(),
    sees: z.enum(['advisory', 'all']),
  })
  .transform(({ zone, planName, month, day, sees }, context): Omit<SchoolSettings, 'framework'> => {
    const yearStarts = `${month}-${day.padStart(2, '0')}`;
    // 2026 has no February 29: a school year begins on a day that every year has.
    if (!isDay(`2026-${yearStarts}`))
      context.addIssue({ code: 'custom', path: ['day'], message: say('admin.error.day') });
    return { zone, planName, yearStarts, seesPlans: sees };
  });

const Text = z.string().catch('');
const Typed = z.object({ zone: Text, planName: Text, month: Text, day: Text, sees: Text });

/** What was typed, as far as it can be shown again. */
export function settingsTyped(typed: unknown): TypedSettings {
  return Typed.parse(typed);
}

/** The settings as they are, for the form. */
export function settingsAsTyped({
  zone,
  planName,
  yearStarts,
  seesPlans,
}: Omit<SchoolSettings, 'framework'>): TypedSettings {
  const [month = '', day = ''] = yearStarts.split('-');
  return { zone, planName, month, day: String(Number(day)), sees: seesPlans };
}
