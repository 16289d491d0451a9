import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders by how long their files take; the rest is left to what vitest knows (last time, else size). */
const LONGEST_FIRST = ['/browser/', '/matrix/', '/app/', '/practice/'];

/** A long file that begins last keeps the run waiting for one worker while the other has nothing to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((a, b) => rankOf(a) - rankOf(b));
  }
}

function rankOf({ moduleId }: TestSpecification): number {
  const rank = LONGEST_FIRST.findIndex((folder) => moduleId.includes(`/test${folder}`));
  return rank === -1 ? LONGEST_FIRST.length : rank;
}
