import { findTask } from './task.store.ts';

/** Whose task it is, for the route declarations; null: there is none. */
export async function ownerOfTask(institution: string, task: string): Promise<string | null> {
  return (await findTask(institution, task))?.person ?? null;
}
