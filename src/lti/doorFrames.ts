/**
 * Who may frame the door's own pages that hold something of a login (quality.md C4): the hosts of its platform,
 * and the page that began it. A school's own domain stands in no registration (lms.md 1.12) and is known
 * for certain only from a signed launch; until then the browser's word for it opens nothing but these pages.
 */
import type { Request } from 'express';
import type { LoginRecord } from './login.ts';
import type { Platform } from './platform.ts';
import { originsFor } from './profiles.ts';

/** Host and port that may stand in a header: address parsers also let `;`, `,` and `*` into a host name. */
const PLAIN_HOST = /^(?:[\w-]+\.)*[\w-]+(?::\d+)?$|^\[[0-9a-f:.]+\](?::\d+)?$/;

/** A web address whose origin may frame us: https, or http where `like` (the LMS, or we) is; else null. */
export function framingAddress(address: string | null | undefined, like: string): URL | null {
  const url = address && URL.canParse(address) ? new URL(address) : null;
  const isSafe = url?.protocol === 'https:' || url?.protocol === new URL(like).protocol;
  return url && isSafe && PLAIN_HOST.test(url.host) ? url : null;
}

/** Origin of the page that began this login; null when the browser does not say, or it is not as safe as we are. */
export function startOf(req: Request, publicUrl: string): string | null {
  const told = [req.get('origin'), req.get('referer')].find((text) => text !== undefined && text !== 'null');
  return framingAddress(told, publicUrl)?.origin ?? null;
}

export function doorFrames(platform: Platform, { startedAt }: Pick<LoginRecord, 'startedAt'>): string[] {
  const own = [...originsFor(platform), new URL(platform.issuer).origin];
  return [...new Set(startedAt === null ? own : [...own, startedAt])];
}
