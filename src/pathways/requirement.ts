/** What must be taken, as data: a school's graduation rules, a pathway, a college's admission. */

export const SET_KINDS = ['graduation', 'pathway', 'college'] as const;
export type SetKind = (typeof SET_KINDS)[number];

/** One version of a requirement set. An edit makes a new version; plans keep the one they were measured by. */
export interface RequirementSet {
  id: string;
  institution: string;
  /** The same for all versions of a set. */
  key: string;
  version: number;
  name: string;
  kind: SetKind;
  /** Where it is written: law, board policy, catalogue page. */
  citation: string;
  rules: RequirementRule[];
  status: 'current' | 'replaced' | 'retired';
  importId: string | null;
  createdBy: string;
  createdAt: Date;
}

/** One line of a set. */
export interface RequirementRule {
  id: string;
  label: string;
  need: Need;
  /** Lowest mark that counts; null: any pass. */
  minMark: string | null;
  /** To be done by the end of this grade; null: any time. */
  byGrade: number | null;
  /** May count a course that another line of the same set counts too. */
  shared: boolean;
}

export type Need =
  /** Credits in any of these subjects or courses; neither named: any course. */
  | { kind: 'credits'; credits: number; subjects: string[]; codes: string[] }
  /** Every one of these courses. */
  | { kind: 'courses'; codes: string[] }
  /** So many of these courses. */
  | { kind: 'anyOf'; count: number; codes: string[] };

export const SET_LIMITS = { sets: 200, rules: 30, codes: 40, name: 120, label: 80, citation: 300 } as const;

/** How much a line asks, in credits or courses. */
export function amountOf(need: Need): number {
  switch (need.kind) {
    case 'credits':
      return need.credits;
    case 'courses':
      return need.codes.length;
    case 'anyOf':
      return need.count;
  }
}

/** Narrow lines choose their courses before wide ones; electives come last. Less is narrower. */
export function widthOf(need: Need): number {
  switch (need.kind) {
    case 'courses':
      return 0;
    case 'anyOf':
      return 1_000 + need.codes.length;
    case 'credits':
      return need.subjects.length + need.codes.length === 0
        ? 1_000_000
        : 10_000 + need.subjects.length * 100 + need.codes.length;
  }
}
