import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Chip, Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isKept, type Assessment } from './assessment.ts';
import { aboutLine, resultWords, sourceWords, tellsChip } from './assessmentWords.page.ts';

/** The student's results, the newest first. */
export interface AssessmentListPage extends PageModel {
  head: Head;
  add: Action;
  none: { title: string; text: string } | null;
  lines: { title: string; href: string; sub: string; result: string; chip: Chip }[];
  archived: { title: string; lines: { title: string; sub: string; action: string }[] } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'assessments/list': AssessmentListPage;
  }
}

/** @param all put-away ones too, in order */
export function assessmentListPage(words: Words, all: readonly Assessment[]): AssessmentListPage {
  const { t } = words;
  const kept = all.filter(isKept);
  const title = t('assessments.title');
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('assessments.lede'),
      back: { href: paths.plan, label: t('assessments.backToPlan') },
    },
    add: { label: t('assessments.add'), href: paths.newAssessment, icon: 'plus', kind: 'primary' },
    none: kept.length === 0 ? { title: t('assessments.none'), text: t('assessments.noneBody') } : null,
    lines: kept.map((one) => ({
      title: one.name,
      href: paths.assessment(one.id),
      sub: `${aboutLine(words, one)} · ${sourceWords(words, one)}`,
      result: resultWords(one),
      chip: tellsChip(words, one),
    })),
    archived: archivedOf(words, all),
  };
}

function archivedOf(words: Words, all: readonly Assessment[]): AssessmentListPage['archived'] {
  const away = all.filter((one) => !isKept(one) && one.source === 'student');
  if (away.length === 0) return null;
  return {
    title: words.t('assessments.archived', { count: away.length }),
    lines: away.map((one) => ({
      title: one.name,
      sub: aboutLine(words, one),
      action: paths.archiveAssessment(one.id),
    })),
  };
}
