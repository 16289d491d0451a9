import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { isKept, type Assessment } from './assessment.ts';
import { typedFrom, type TypedAssessment } from './assessmentForm.ts';
import { aboutLine, factFields, resultWords, sourceWords, type FactFields } from './assessmentWords.page.ts';

/** One student's results before staff: to read, and to enter. */
export interface StaffAssessmentsPage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  none: string | null;
  lines: {
    title: string;
    sub: string;
    result: string;
    /** What it tells the student; null: they have not said. */
    tells: string | null;
    goals: string[];
    /** Where staff put away what staff entered. */
    archive: string | null;
  }[];
  /** Put away, and how to take it back. */
  archived: { title: string; sub: string; action: string }[];
  /** Null for those who only read. */
  add: { action: string; fields: FactFields; open: boolean } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'assessments/staff': StaffAssessmentsPage;
  }
}

export interface StaffAssessmentFacts {
  student: { id: string; name: string };
  /** Put-away ones too, in order. */
  all: readonly Assessment[];
  /** Goals by id. */
  goals: ReadonlyMap<string, string>;
  mayWrite: boolean;
}

export function staffAssessmentsPage(
  words: Words,
  { student, all, goals, mayWrite }: StaffAssessmentFacts,
  problem: { fields: readonly FieldError[]; typed: TypedAssessment } | null = null,
): StaffAssessmentsPage {
  const { t } = words;
  const kept = all.filter(isKept);
  const title = t('assessments.staff.title', { name: student.name });
  const archiveOf = (one: Assessment): string => paths.archiveStudentAssessment(student.id, one.id);
  return {
    title,
    styles: 'wide',
    head: {
      title,
      lede: t('assessments.staff.lede'),
      back: { href: paths.student(student.id), label: student.name },
    },
    errors: problem?.fields ?? [],
    none: kept.length === 0 ? t('assessments.staff.none', { name: student.name }) : null,
    lines: kept.map((one) => ({
      title: one.name,
      sub: `${aboutLine(words, one)} · ${sourceWords(words, one)}`,
      result: resultWords(one),
      tells: one.tells || null,
      goals: one.goals.flatMap((id) => goals.get(id) ?? []),
      archive: mayWrite && one.source !== 'student' ? archiveOf(one) : null,
    })),
    archived: mayWrite
      ? all
          .filter((one) => !isKept(one) && one.source !== 'student')
          .map((one) => ({ title: one.name, sub: aboutLine(words, one), action: archiveOf(one) }))
      : [],
    add: mayWrite
      ? {
          action: paths.studentAssessments(student.id),
          fields: factFields(
            words,
            problem?.typed ?? typedFrom(null),
            problem?.fields ?? [],
            t('assessments.sees.family'),
          ),
          open: problem !== null,
        }
      : null,
  };
}
