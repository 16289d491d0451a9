import type { Response } from 'express';
import type { Chrome } from '../shared/page.ts';

/**
 * One sentence at the top of the page after a post has led here: "Sent back to Maya." A post names it in its
 * redirect by a key out of a closed list (`?done=returned`); the words are the page's own.
 */
export function tellSaved(res: Response, saved: string | null): void {
  const chrome = res.locals['chrome'] as Chrome | undefined;
  if (chrome && saved !== null) res.locals['chrome'] = { ...chrome, saved } satisfies Chrome;
}
