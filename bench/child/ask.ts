/** What the bench asks a child over IPC, and what comes back. */
export interface Question {
  id: number;
  ask: string;
  with?: unknown;
}

export interface Answer {
  id: number;
  value?: unknown;
  error?: string;
}
