/** One import, from its dry run to its undoing. */
export interface ImportRun {
  id: string;
  institution: string;
  target: string;
  /** Name of the file, or '' for pasted text. */
  file: string;
  status: 'checked' | 'applying' | 'done' | 'undone' | 'discarded';
  /** What was read; gone as soon as it is imported or discarded. */
  text: string;
  counts: ImportCounts;
  /** The first bad rows, in words. */
  problems: RowProblem[];
  by: string;
  at: Date;
  doneAt: Date | null;
  undoneAt: Date | null;
}

export interface ImportCounts {
  added: number;
  changed: number;
  same: number;
  bad: number;
}

export interface RowProblem {
  line: number;
  message: string;
}

export const MOST_PROBLEMS = 500;

/** A run that did not end by itself may be begun again after this long. */
export const STUCK_MS = 120_000;

export function mayConfirm({ status, counts, at, doneAt }: ImportRun, now: Date): boolean {
  const stuck = status === 'applying' && now.getTime() - (doneAt ?? at).getTime() > STUCK_MS;
  return (status === 'checked' || stuck) && counts.added + counts.changed > 0;
}

export function mayUndo({ status }: ImportRun): boolean {
  return status === 'done' || status === 'applying';
}
