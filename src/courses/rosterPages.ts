/** Joins pages until they hold so many; the last ones may hold fewer. */
export async function* together<T>(pages: AsyncIterable<readonly T[]>, atLeast: number): AsyncGenerator<T[]> {
  let joined: T[] = [];
  for await (const page of pages) {
    joined.push(...page);
    if (joined.length < atLeast) continue;
    yield joined;
    joined = [];
  }
  if (joined.length > 0) yield joined;
}

/** Asks for the next one while the one before is worked on. What it throws, it throws in its turn. */
export async function* readAhead<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (let next = iterator.next(); ;) {
      const found = await next;
      if (found.done) return;
      next = iterator.next();
      // It is awaited in the next turn, if there is one.
      next.catch(() => {});
      yield found.value;
    }
  } finally {
    await iterator.return?.();
  }
}
