/** What somebody wants to talk about at the next meeting; stays open until it was. */
export interface Question {
  id: string;
  institution: string;
  /** The student. */
  person: string;
  side: 'student' | 'family' | 'staff';
  text: string;
  /** Who wrote it down; for the family that may be staff. */
  by: string;
  at: Date;
  /** What was said about it. */
  answer: string;
  /** The meeting at which it was talked about. */
  meeting: string | null;
  talkedAt: Date | null;
}

export const QUESTION_LIMITS = { open: 20, line: 300 } as const;

/** Those that were not talked about yet. */
export function openOf(questions: readonly Question[]): Question[] {
  return questions.filter(({ talkedAt }) => talkedAt === null);
}
