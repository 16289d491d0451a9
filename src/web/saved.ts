import type { Response } from 'express';
import { wordsOf, type Chrome } from '../shared/page.ts';

/**
 * One sentence at the top of the page after a post has led here: "Sent back to Maya." A post names it in its
 * redirect by a key out of a closed list (`?done=returned`); the words are the page's own.
 */
export function tellSaved(res: Response, saved: string | null): void {
  const chrome = res.locals['chrome'] as Chrome | undefined;
  if (chrome && saved !== null) res.locals['chrome'] = { ...chrome, saved } satisfies Chrome;
}

/** Answers an autosave: the new version, and the time of day as this person reads times, not as their browser does. */
export function answerSaved(res: Response, version: number, now: Date): void {
  res.json({ version, savedAt: wordsOf(res).fmt.time(now) });
}
