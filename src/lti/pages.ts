import { LmsError } from '../shared/errors.ts';

/** More pages than any course has; a server that goes on is broken or hostile (quality.md E1). */
const MOST_PAGES = 1_000;

/**
 * The address of the next page out of a Link header (RFC 8288), or null. Read by ourselves: the reader in
 * ltijs drops headers above 2,000 characters, which would end a roster early and look complete.
 */
export function nextLink(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header.join(', ') : (header ?? '');
  for (const [, address, parameters] of text.matchAll(/<([^<>]*)>([^<]*)/g)) {
    const relations = /;\s*rel\s*=\s*"?([^";]*)/i.exec(parameters ?? '')?.[1] ?? '';
    if (
      relations
        .toLowerCase()
        .split(/[\s,]+/)
        .includes('next')
    )
      return address ?? null;
  }
  return null;
}

/**
 * Walks from page to page: `read` gives one page's content and its Link header. A next page must be at the
 * first one's origin and path and new; otherwise the walk ends with an error, never quietly.
 */
export async function* walk<T>(
  first: string,
  read: (url: string) => Promise<{ page: T; link: string | string[] | undefined }>,
): AsyncGenerator<T> {
  const seen = new Set<string>();
  let url: string | null = first;
  while (url !== null) {
    if (seen.size >= MOST_PAGES) throw broken(`more than ${MOST_PAGES} pages`);
    seen.add(url);
    const { page, link } = await read(url);
    yield page;
    url = checkedNext(first, nextLink(link), seen);
  }
}

function checkedNext(first: string, next: string | null, seen: ReadonlySet<string>): string | null {
  if (next === null) return null;
  const start = new URL(first);
  if (!URL.canParse(next, first)) throw broken('the next page has no address');
  const url = new URL(next, first);
  if (url.origin !== start.origin)
    throw new LmsError('blocked-origin', { retry: false, detail: `next page at ${url.origin}` });
  if (url.pathname !== start.pathname) throw broken('the next page is of something else');
  if (seen.has(url.href)) throw broken('the pages go in a circle');
  return url.href;
}

const broken = (detail: string): LmsError => new LmsError('bad-answer', { retry: true, detail });
