import { isFinal, type ContentItem, type NewLineItem, type Score } from '../score.ts';
import type { ToolOffer } from './profile.ts';

/** The claims every part of Waymark needs; a picture is never asked for. */
export const CLAIMS = ['iss', 'sub', 'name', 'given_name', 'family_name', 'email', 'locale'] as const;

/** The fields every LMS understands (AGS 2.0 section 3.4.6), the score only when final. How fine `timestamp` is differs. */
export function plainScore(score: Score, timestamp: string): Record<string, unknown> {
  return withoutUndefined({
    userId: score.userId,
    activityProgress: score.activityProgress,
    gradingProgress: score.gradingProgress,
    timestamp,
    ...(isFinal(score) ? clamped(score.scoreGiven, score.scoreMaximum) : {}),
    comment: score.comment,
  });
}

/** Scores stay within 0 and the maximum: Moodle clips, Schoology asks for it. */
function clamped(given = 0, maximum = 1): { scoreGiven: number; scoreMaximum: number } {
  return { scoreGiven: Math.min(Math.max(given, 0), maximum), scoreMaximum: maximum };
}

/** With milliseconds and zone, as AGS asks. */
export const isoMillis = (date: Date): string => date.toISOString();

/** A final score, or nothing: where a state without score erases the grade, no state is sent. */
export function finalScoreOnly(
  score: Score,
  timestamp: (date: Date) => string,
): Record<string, unknown> | null {
  return isFinal(score) ? plainScore(score, timestamp(score.timestamp)) : null;
}

export function plainLineItem({
  label,
  scoreMaximum,
  resourceId,
  tag,
}: NewLineItem): Record<string, unknown> {
  return { label, scoreMaximum, resourceId, tag };
}

/** A deep-linked assignment in the standard's fields (Deep Linking 2.0 section 3.2). */
export function plainContentItem(item: ContentItem): Record<string, unknown> {
  return withoutUndefined({
    type: 'ltiResourceLink',
    url: item.url,
    title: item.title,
    text: item.text,
    custom: item.custom,
    lineItem: item.lineItem && plainLineItem(item.lineItem),
  });
}

/** `submission.endDateTime` is the due date; `available` would lock late work out and is never sent. */
export function dueDate(item: ContentItem): Record<string, unknown> {
  return item.dueAt ? { submission: { endDateTime: isoMillis(item.dueAt) } } : {};
}

/** The wished placements the platform has; all of them when it does not say. */
export function offered(offer: ToolOffer, message: string, wished: readonly string[]): string[] {
  const known = offer.placements.get(message);
  return known === undefined || known.length === 0
    ? [...wished]
    : wished.filter((one) => known.includes(one));
}

/** Null and undefined members are left out: Schoology refuses them. */
export function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null),
  );
}
