import { describe, expect, it } from 'vitest';
import { readAhead, together } from '../../../src/courses/rosterPages.ts';

async function* pagesOf<T>(...pages: T[]): AsyncGenerator<T> {
  yield* pages;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

describe('pages of a roster', () => {
  it('are joined until they hold enough, the last as they are', async () => {
    expect(await all(together(pagesOf([1, 2], [3], [4, 5], [6]), 3))).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(await all(together(pagesOf([1], [2]), 5))).toEqual([[1, 2]]);
    expect(await all(together(pagesOf<number[]>(), 5))).toEqual([]);
  });

  it('are asked for one ahead, in their order', async () => {
    const asked: number[] = [];
    async function* counted(): AsyncGenerator<number> {
      for (const page of [1, 2, 3]) {
        asked.push(page);
        yield page;
      }
    }
    const seen: [page: number, asked: number][] = [];
    for await (const page of readAhead(counted())) {
      await Promise.resolve();
      seen.push([page, asked.length]);
    }
    expect(seen).toEqual([
      [1, 2],
      [2, 3],
      [3, 3],
    ]);
  });

  it('that break off do so after those before were given out', async () => {
    async function* broken(): AsyncGenerator<number> {
      yield 1;
      throw new Error('the LMS went away');
    }
    const seen: number[] = [];
    const reading = (async () => {
      for await (const page of readAhead(broken())) seen.push(page);
    })();
    await expect(reading).rejects.toThrow('the LMS went away');
    expect(seen).toEqual([1]);
  });

  it('are let go of when nobody wants more', async () => {
    let isOpen = true;
    async function* closing(): AsyncGenerator<number> {
      try {
        yield* [1, 2, 3];
      } finally {
        isOpen = false;
      }
    }
    for await (const page of readAhead(closing())) if (page === 1) break;
    expect(isOpen).toBe(false);
  });
});
