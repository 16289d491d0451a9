import type { FileType } from '../files/fileType.ts';
import type { StandingNow } from '../plans/standing.ts';

/** One thing that shows what a student can do: a file, a link or words of their own. */
export interface Evidence {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  kind: EvidenceKind;
  title: string;
  /** "What did you learn or do?" */
  reflection: string;
  /** For someone who cannot see the file; also the picture's text. */
  alt: string;
  /** When it was made, a calendar day `YYYY-MM-DD`. */
  day: string;
  /** Of a file; a copy of what never changes about it. */
  file: EvidenceFile | null;
  /** Of a link: http or https. */
  url: string | null;
  /** Of words. */
  text: string;
  goals: string[];
  skills: string[];
  courses: string[];
  tasks: string[];
  /** Who may see it beside the student and their advisor. */
  audience: 'advisor' | 'family';
  /** "This is my capstone": said by the student. */
  capstone: boolean;
  /** The advisor who said that it is; gone when what it shows changes. */
  confirmedBy: string | null;
  confirmedAt: Date | null;
  /** Put away by the student; nothing is deleted. */
  archivedAt: Date | null;
  /** Rises with each change; two tabs are told apart by it. */
  version: number;
  createdAt: Date;
  changedAt: Date;
}

export const EVIDENCE_KINDS = ['file', 'link', 'text'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

export interface EvidenceFile {
  id: string;
  name: string;
  type: FileType;
  bytes: number;
  width: number | null;
  height: number | null;
}

/** How much is taken: texts in UTF-16 units, and things in one portfolio, put away ones included. */
export const LIMITS = {
  title: 120,
  alt: 500,
  reflection: 5_000,
  text: 10_000,
  url: 2_000,
  ties: 12,
  items: 300,
};

export function isShown({ archivedAt }: Pick<Evidence, 'archivedAt'>): boolean {
  return archivedAt === null;
}

/** A family sees what was shared with it and is not put away. */
export function isForFamily(evidence: Pick<Evidence, 'archivedAt' | 'audience'>): boolean {
  return isShown(evidence) && evidence.audience === 'family';
}

/** What a portfolio is worth to the plan (`component.portfolio.rule`, `component.capstone.rule`). */
export function standingsOf(
  items: readonly Pick<Evidence, 'archivedAt' | 'reflection' | 'capstone' | 'confirmedAt'>[],
): StandingNow[] {
  const shown = items.filter(isShown);
  const reflected = shown.some(({ reflection }) => reflection.trim() !== '');
  const capstones = shown.filter(({ capstone }) => capstone);
  return [
    {
      component: 'portfolio',
      credit: reflected ? 1 : shown.length > 0 ? 0.5 : 0,
      verified: false,
    },
    {
      component: 'capstone',
      credit: capstones.length > 0 ? 1 : 0,
      verified: capstones.some(({ confirmedAt }) => confirmedAt !== null),
    },
  ];
}

/** What another feature can ask for the evidence of. */
export type EvidenceOf = { goal: string } | { skill: string } | { course: string } | { task: string };

export function shows(evidence: Evidence, of: EvidenceOf): boolean {
  if (!isShown(evidence)) return false;
  if ('goal' in of) return evidence.goals.includes(of.goal);
  if ('skill' in of) return evidence.skills.includes(of.skill);
  if ('course' in of) return evidence.courses.includes(of.course);
  return evidence.tasks.includes(of.task);
}
