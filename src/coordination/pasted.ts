/**
 * The rule that keeps the content of another plan out. It looks at the short fields of a place, a name and a role, and
 * refuses what only stands in the plan itself. It is no filter of words a person means well: it says why, and what fits.
 */
import { safeLink } from '../portfolio/link.ts';

export type Refused = 'lines' | 'long' | 'content' | 'list' | 'link';

/** Words that head or fill an IEP, a 504 plan or a health plan, and name no place and no person. */
const CONTENT = [
  /\baccommodations?\b/i,
  /\bmodifications?\b/i,
  /\bpresent levels?\b/i,
  /\bplaafp\b|\bplop\b/i,
  /\bannual goals?\b|\bmeasurable\b|\bshort[- ]term objectives?\b/i,
  /\b(?:goals?|services?|objectives?|supports?|needs?)\s*:/i,
  /\bstudent (?:will|needs|receives|has|is)\b/i,
  /\b(?:extended|extra|additional) time\b|\bpreferential seating\b/i,
  /\b(?:minutes|hours|times) (?:per|a|each) (?:day|week|month)\b/i,
  /\brelated services\b|\bleast restrictive\b|\bbehaviou?r (?:plan|intervention)\b/i,
  /\bdiagnos(?:is|es|ed|tic)\b|\bdisability (?:category|is)\b|\beligib(?:le|ility)\b/i,
  /\bmedications?\b|\bdosage\b|\bsymptoms?\b|\biq\b|\btest scores?\b/i,
  /\badhd\b|\bautis(?:m|tic)\b|\bdyslexi[ac]\b|\bseizures?\b|\bepilep\w*|\bdiabet\w*|\basthma\b|\ballerg\w*/i,
] as const;

/** Marks of a list that was pasted. */
const LIST = /[•▪◦·‣]|(?:;[^;]*){2}/;

/** @returns why the text is not taken; null when it can stand. @param limit characters */
export function refusedText(text: string, limit: number): Refused | null {
  const words = text.trim();
  if (/[\r\n]/.test(words)) return 'lines';
  if (CONTENT.some((pattern) => pattern.test(words))) return 'content';
  if (LIST.test(words)) return 'list';
  return words.length > limit ? 'long' : null;
}

/** A place in words, or an https link. @returns why it is not taken; null when it can stand */
export function refusedPlace(text: string, limits: { where: number; link: number }): Refused | null {
  if (!looksLikeLink(text)) return refusedText(text, limits.where);
  if (text.trim().length > limits.link) return 'long';
  return linkOf(text) === null ? 'link' : null;
}

/** The link in a place; null for a place in words, and for any link that is not https. */
export function linkOf(text: string): string | null {
  if (!looksLikeLink(text)) return null;
  const url = safeLink(text);
  return url?.startsWith('https://') ? url : null;
}

function looksLikeLink(text: string): boolean {
  return /^\s*(?:[a-z][a-z0-9+.-]*:\/|javascript:|data:|www\.)/i.test(text);
}
