import type { AuditState, SetAudit } from '../pathways/audit.ts';
import type { LineAudit } from '../pathways/line.ts';
import type { Words } from '../shared/page.ts';
import type { Chip } from '../shared/parts.ts';
import { ofText, whyText } from './courseWords.page.ts';
import { addHref } from './fixes.page.ts';
import type { Around, Measured } from './measure.ts';

/** One requirement set with its lines, as the template prints it. */
export interface SetCard {
  id: string;
  name: string;
  eyebrow: string;
  status: Chip;
  source: string | null;
  /** The school has a newer version; staff may go over to it. */
  newer: { text: string; key: string; label: string } | null;
  lines: LineRow[];
  open: boolean;
}

interface LineRow {
  label: string;
  rules: string | null;
  state: 'done' | 'now' | 'todo' | 'warn';
  icon: string;
  status: Chip;
  of: string;
  why: string[];
  counted: string | null;
  fix: { href: string; label: string; more: string } | null;
}

const STATUS: Readonly<Record<AuditState, Pick<Chip, 'tone' | 'icon'>>> = {
  notStarted: { tone: 'quiet', icon: 'circle' },
  missing: { tone: 'warn', icon: 'warn' },
  planned: { tone: 'now', icon: 'circle' },
  inProgress: { tone: 'now', icon: 'half' },
  met: { tone: 'done', icon: 'check' },
};

const ROW = { missing: 'warn', planned: 'todo', inProgress: 'now', met: 'done' } as const;

export function setCards(words: Words, { audit }: Measured, around: Around, writable: boolean): SetCard[] {
  return audit.sets.map((one) => cardOf(words, one, around, writable));
}

function cardOf(words: Words, { set, state, lines }: SetAudit, around: Around, writable: boolean): SetCard {
  const { t } = words;
  const newest = around.current.find(({ key }) => key === set.key);
  const kind = t(`coursePlan.kind.${set.kind}`);
  const byGoal = around.goalSets.includes(set.key);
  return {
    id: `set-${set.key}`,
    name: set.name,
    eyebrow: byGoal ? `${kind} · ${t('coursePlan.set.byGoal')}` : kind,
    status: { label: t(`coursePlan.state.${state}`), ...STATUS[state] },
    source: set.citation === '' ? null : t('coursePlan.set.source', { citation: set.citation }),
    newer:
      newest && newest.version > set.version
        ? {
            text: t('coursePlan.set.newer', { version: set.version }),
            key: set.key,
            label: t('coursePlan.staff.newest', { version: newest.version }),
          }
        : null,
    lines: lines.map((line) => rowOf(words, line, around, writable)),
    open: state === 'missing' || set.kind !== 'graduation',
  };
}

function rowOf(words: Words, line: LineAudit, around: Around, writable: boolean): LineRow {
  const { t } = words;
  const { rule, state } = line;
  const titles = line.counted.map(({ record: { title, grade } }) =>
    t('coursePlan.line.course', { title, grade }),
  );
  return {
    label: rule.label,
    rules: rulesOf(words, line),
    state: ROW[state],
    icon: STATUS[state].icon ?? 'circle',
    status: { label: t(`coursePlan.line.${state}`), ...STATUS[state] },
    of: ofText(words, line),
    why: line.why.map((why) => whyText(words, line, why, around.catalogue)),
    counted: titles.length > 0 ? t('coursePlan.line.counted', { courses: titles.join(', ') }) : null,
    fix:
      writable && line.fix?.kind === 'add'
        ? { href: addHref(rule.id, around.grade), label: t('coursePlan.why.fixAdd'), more: rule.label }
        : null,
  };
}

function rulesOf({ t }: Words, { rule }: LineAudit): string | null {
  const { minMark, byGrade, shared } = rule;
  const all = [
    ...(minMark === null ? [] : [t('coursePlan.line.rule.minMark', { mark: minMark })]),
    ...(byGrade === null ? [] : [t('coursePlan.line.rule.byGrade', { grade: byGrade })]),
    ...(shared ? [t('coursePlan.line.rule.shared')] : []),
  ];
  return all.length > 0 ? all.join(' · ') : null;
}
