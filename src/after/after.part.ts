import type { PartLine, PlanPart } from '../plans/planPart.ts';
import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { inOrder, type AfterOption, type AfterPlan, type AfterStep } from './after.ts';
import { aidTally } from './aid.ts';
import { afterOf } from './after.service.ts';
import { liveApplications, type Application } from './application.ts';
import type { LogLine, Resume } from './resume.ts';
import { resumeOf, resumeWithLog } from './resume.service.ts';

/** The transition plan: options are what is agreed on; the rest moves on by itself. */
export const afterPart: PlanPart = {
  key: 'after',
  section: 'after',
  title: ({ t }) => t('after.component'),
  href: paths.after,
  read: async ({ institution, person }, words) => {
    const after = await afterOf(institution, person);
    const { resume, log } = await resumeWithLog(institution, person);
    return [...afterLines(words, after), ...resumeLines(words, resume, log)];
  },
  records: async ({ institution, person }) => ({
    after: await afterOf(institution, person),
    resume: await resumeOf(institution, person),
  }),
};

/** Families read what was chosen and applied for; reasons, and what was let go, are between student and advisor. */
export function afterLines(words: Words, after: AfterPlan): PartLine[] {
  const { t } = words;
  const { answered, total } = aidTally(after);
  return [
    ...after.options.flatMap((option) => optionLines(words, option)),
    ...after.dropped.map((option) =>
      line(
        `dropped.${option.kind}`,
        t('after.line.dropped', { option: nameOf(words, option) }),
        option.reason,
        'plan',
      ),
    ),
    ...liveApplications(after).map((one) => applicationLine(words, one)),
    ...(after.notApplying
      ? [line('notApplying', t('after.line.notApplying'), after.notApplying.why, 'plan')]
      : []),
    ...(answered > 0
      ? [line('aid', t('after.line.aid'), t('after.line.aidText', { answered, total }), 'family')]
      : []),
  ];
}

export function resumeLines(
  { t, fmt }: Words,
  { profile, lookedAt }: Resume,
  log: readonly LogLine[],
): PartLine[] {
  const count = log.filter(({ picked }) => picked).length;
  const text = t('after.line.resumeText', { count });
  const looked = lookedAt ? t('after.line.resumeLooked', { text, day: fmt.date(lookedAt) }) : text;
  return [
    ...(profile === '' ? [] : [line('profile', t('after.line.profile'), profile, 'family')]),
    ...(count > 0 || lookedAt ? [line('resume', t('after.line.resume'), looked, 'family')] : []),
  ];
}

function optionLines(words: Words, option: AfterOption): PartLine[] {
  const { t } = words;
  const { kind, what, why, steps } = option;
  const name = t(`after.kind.${kind}`);
  const chosen: PartLine = {
    id: `option.${kind}`,
    label: name,
    text: what || name,
    material: true,
    audience: 'family',
  };
  return [
    chosen,
    line(`option.${kind}.why`, t('after.line.why', { option: name }), why, 'plan'),
    ...inOrder(steps).map((step) =>
      line(`step.${step.id}`, t('after.line.step', { option: name }), stepWords(words, step), 'family'),
    ),
  ];
}

function stepWords({ t, fmt }: Words, { title, due, doneAt }: AfterStep): string {
  if (doneAt) return t('after.line.stepDone', { title });
  return due ? t('after.line.stepBy', { title, day: fmt.date(due) }) : title;
}

function applicationLine({ t, fmt }: Words, { id, where, kind, status, deadline }: Application): PartLine {
  const facts = { kind: t(`after.apply.kind.${kind}`), status: t(`after.status.${status}`) };
  const text = deadline
    ? t('after.line.applicationBy', { ...facts, day: fmt.date(deadline) })
    : t('after.line.applicationText', facts);
  return line(`application.${id}`, t('after.line.application', { where }), text, 'family');
}

/** "College: nursing", or the kind alone. */
function nameOf({ t }: Words, { kind, what }: Pick<AfterOption, 'kind' | 'what'>): string {
  const name = t(`after.kind.${kind}`);
  return what === '' ? name : t('after.line.option', { kind: name, what });
}

function line(id: string, label: string, text: string, audience: PartLine['audience']): PartLine {
  return { id, label, text, material: false, audience };
}
