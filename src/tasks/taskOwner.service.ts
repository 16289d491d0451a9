import { findLink } from './link.store.ts';
import { findTask } from './task.store.ts';

/** Whose task it is, for the route declarations; null: there is none. */
export async function ownerOfTask(institution: string, task: string): Promise<string | null> {
  return (await findTask(institution, task))?.person ?? null;
}

/** In which course an assignment is, for the route declarations; null: there is none. */
export async function courseOfLink(institution: string, link: string): Promise<string | null> {
  return (await findLink(institution, link))?.course ?? null;
}
