import { readFileSync } from 'node:fs';

/** One recorded or documented LMS message of `test/fixtures/lms/`, without its notes. */
export function fixture<T>(name: string): T {
  const path = new URL(`../fixtures/lms/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
