import { Conflict } from '../shared/errors.ts';
import { say } from './say.ts';

/** Field → text, as the two-versions page prints it. */
export type Words = Record<string, string>;

/**
 * The same text was changed in another tab or by another person first. Nothing is lost: it carries what is
 * stored, and the words of the one who came second, so that a page can show both.
 */
export class VersionConflict extends Conflict {
  readonly stored: { words: Words; version: number; at: Date | null };
  readonly yours: Words;
  constructor(stored: { words: Words; version: number; at: Date | null }, yours: Words) {
    super(say('plans.error.version'), `version ${stored.version} is stored`);
    this.name = 'VersionConflict';
    this.stored = stored;
    this.yours = yours;
  }
}
