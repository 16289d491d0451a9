import { LIMITS } from './evidence.ts';

/**
 * The address of a link as it is kept and printed, or null for one that must not be followed: only http and https,
 * without a name and password in it (quality.md C7). Checked when it is saved and again when it is shown.
 */
export function safeLink(typed: string): string | null {
  const text = typed.trim();
  // The URL parser drops tabs and line ends, so that `java\nscript:` would become a scheme it did not look like.
  if (/[\p{Cc}\s\\]|^\//u.test(text) || text.length > LIMITS.url) return null;
  const withScheme = /^[a-z][a-z0-9+.-]*:/i.test(text) && !isHostAndPort(text) ? text : `https://${text}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return null;
  if (url.username !== '' || url.password !== '' || !/^[^.]+(?:\.[^.]+)+$/.test(url.hostname)) return null;
  return url.href;
}

/** `example.org:8080/page`, typed without `https://`. */
function isHostAndPort(text: string): boolean {
  return /^[a-z0-9-]+(?:\.[a-z0-9-]+)+:\d{1,5}(?:[/?#]|$)/i.test(text);
}

/** The part of an address a person knows it by. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : '';
}
