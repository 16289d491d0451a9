import type { Response } from 'express';
import { page, wordsOf } from '../shared/page.ts';
import { twoVersionsPage } from '../shared/system.page.ts';

/** What somebody sent over a version that is no longer stored. */
export interface Outdated {
  /** What it is, in words. */
  name: string;
  /** Where it is posted to, and read. */
  path: string;
  /** Posted again when the person keeps their own words: the form, based on the stored version. */
  fields: Readonly<Record<string, string>>;
  mine: string;
  theirs: string;
  theirsAt: Date | null;
  now: Date;
}

/** Another tab or person saved first: shows both texts and the choice between them. */
export function showTwoVersions(
  res: Response,
  { name, path, fields, mine, theirs, theirsAt, now }: Outdated,
): void {
  const words = wordsOf(res);
  const model = twoVersionsPage(words, {
    name,
    form: { action: path, fields: Object.entries(fields).map(([key, value]) => ({ name: key, value })) },
    mine,
    theirs,
    theirsAt: theirsAt && words.fmt.moment(theirsAt, now),
    back: path,
  });
  page(res, 'system/twoVersions', model, { status: 409 });
}
