import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { whenOf, type ResumeFacts } from './resume.page.ts';
import { resumeSections, type LogLine } from './resume.ts';

/**
 * The résumé as a sheet of paper. E-mail and phone are typed into the sheet itself: fields without a name, in no form, so
 * that nothing can send or keep them.
 */
export interface ResumeSheetPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  name: string;
  profile: string;
  education: { title: string; sub: string | null };
  sections: {
    id: string;
    title: string;
    lines: { title: string; sub: string | null; when: string | null }[];
  }[];
  isEmpty: boolean;
  looked: { action: string; said: string | null };
}

declare module '../shared/page.ts' {
  interface Pages {
    'after/sheet': ResumeSheetPage;
  }
}

export interface SheetFacts extends ResumeFacts {
  /** The student's name and school. */
  name: string;
  school: string;
  grade: number | null;
}

export function resumeSheetPage(
  words: Words,
  { resume, log, name, school, grade }: SheetFacts,
  problems: readonly FieldError[] = [],
): ResumeSheetPage {
  const { t, fmt } = words;
  const sections = resumeSections(log);
  const title = t('after.sheet.title');
  return {
    title,
    styles: 'wide',
    head: { title, back: { href: paths.resume, label: t('after.back.resume') } },
    errors: problems,
    name,
    profile: resume.profile,
    education: { title: school, sub: grade === null ? null : t('after.sheet.grade', { grade }) },
    sections: sections.map(({ section, lines }) => ({
      id: `s-${section}`,
      title: t(`after.section.${section}`),
      lines: lines.map((line) => sheetLine(words, line)),
    })),
    isEmpty: sections.length === 0,
    looked: {
      action: paths.resumeLooked,
      said: resume.lookedAt && t('after.sheet.lookedOn', { day: fmt.date(resume.lookedAt) }),
    },
  };
}

function sheetLine(words: Words, line: LogLine): ResumeSheetPage['sections'][number]['lines'][number] {
  const hours = line.hours ? words.t('after.resume.hours', { hours: line.hours }) : '';
  const sub = [line.place, hours].filter(Boolean).join(' · ');
  return { title: line.title, sub: sub || null, when: whenOf(words, line) };
}
