/** What staff decided about one student and one line of a set. */

/** This course counts for that line, although it is not on it. */
export interface Substitution {
  id: string;
  /** Key of the set, id of the line. */
  set: string;
  rule: string;
  /** The student's course that counts. */
  record: string;
  /** In whose place, for lines that name courses. */
  forCode: string | null;
  reason: string;
  by: string;
  at: Date;
}

/** The line is not asked of this student, or so much less. */
export interface Waiver {
  id: string;
  set: string;
  rule: string;
  /** Credits or courses taken off; null: all of it. */
  amount: number | null;
  reason: string;
  by: string;
  at: Date;
}

export interface Decisions {
  substitutions: readonly Substitution[];
  waivers: readonly Waiver[];
}
