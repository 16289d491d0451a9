/**
 * The address of a line item's `/scores` or `/results`: a suffix of the path, before the query (Moodle's
 * `?type_id=1`), after a trailing slash was taken off (Schoology). AGS 2.0 sections 3.3 and 3.4.
 */
export function below(lineItemUrl: string, suffix: 'scores' | 'results'): string {
  const url = new URL(withoutSlash(lineItemUrl));
  url.pathname = `${url.pathname}/${suffix}`;
  return url.href;
}

/** The same line item's address without a slash at the end of its path. */
export function withoutSlash(lineItemUrl: string): string {
  const url = new URL(lineItemUrl);
  url.pathname = url.pathname.replace(/\/+$/, '');
  return url.href;
}
