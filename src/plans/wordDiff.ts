/** A stretch of a text: in both versions, only in the newer, or only in the older. */
export interface Piece {
  kind: 'same' | 'added' | 'removed';
  text: string;
  /** White space after it, which belongs to neither mark. */
  gap: string;
}

/** Beyond this many comparisons the whole text counts as replaced: it is another text, and nobody reads the marks. */
const MOST_CELLS = 4_000_000;

/**
 * What changed between two texts, word by word (longest common subsequence). White space alone is no change. A
 * single word that happens to stand in both, between changes, is marked with them: that reads better than confetti.
 */
export function wordDiff(before: string, after: string): Piece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  const start = sharedStart(old, now);
  const end = sharedEnd(old.slice(start), now.slice(start));
  const middle = runsBetween(old.slice(start, old.length - end), now.slice(start, now.length - end));
  const runs: Run[] = [
    { kind: 'same', words: now.slice(0, start) },
    ...middle,
    { kind: 'same', words: now.slice(now.length - end) },
  ];
  return toPieces(joined(runs.filter(({ words }) => words.length > 0)));
}

/** Whether two texts say the same, white space aside. */
export function sameWords(before: string, after: string): boolean {
  return wordsOf(before).map(bare).join(' ') === wordsOf(after).map(bare).join(' ');
}

interface Run {
  kind: Piece['kind'];
  words: string[];
}

/** Each word with the white space that follows it. */
function wordsOf(text: string): string[] {
  return text.trim().match(/\S+\s*/gu) ?? [];
}

const bare = (word: string | undefined): string => (word ?? '').trimEnd();

function sharedStart(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && bare(a[length]) === bare(b[length])) length += 1;
  return length;
}

function sharedEnd(a: readonly string[], b: readonly string[]): number {
  return sharedStart(a.toReversed(), b.toReversed());
}

function runsBetween(old: readonly string[], now: readonly string[]): Run[] {
  if (old.length * now.length > MOST_CELLS) return replaced([...old], [...now]);
  const lengths = commonLengths(old, now);
  const width = now.length + 1;
  const runs: Run[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < now.length) {
    const isSame = i < old.length && j < now.length && bare(old[i]) === bare(now[j]);
    if (isSame) runs.push({ kind: 'same', words: [now[j] ?? ''] });
    const removes =
      !isSame &&
      i < old.length &&
      (j >= now.length || (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0));
    if (removes) runs.push({ kind: 'removed', words: [old[i] ?? ''] });
    if (!isSame && !removes) runs.push({ kind: 'added', words: [now[j] ?? ''] });
    i += isSame || removes ? 1 : 0;
    j += isSame || !removes ? 1 : 0;
  }
  return runs;
}

/** Cell (i, j): how many words the rests from i and j have in common, in order. */
function commonLengths(old: readonly string[], now: readonly string[]): Uint16Array {
  const width = now.length + 1;
  const cells = new Uint16Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1)
    for (let j = now.length - 1; j >= 0; j -= 1)
      cells[i * width + j] =
        bare(old[i]) === bare(now[j])
          ? (cells[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(cells[(i + 1) * width + j] ?? 0, cells[i * width + j + 1] ?? 0);
  return cells;
}

function replaced(old: string[], now: string[]): Run[] {
  return [
    { kind: 'removed', words: old },
    { kind: 'added', words: now },
  ];
}

/** Runs of one kind become one; changes that follow each other become one removal and one addition. */
function joined(runs: readonly Run[]): Run[] {
  const same = runs.reduce<Run[]>((list, run) => {
    const last = list.at(-1);
    return last?.kind === run.kind
      ? [...list.slice(0, -1), { kind: run.kind, words: [...last.words, ...run.words] }]
      : [...list, run];
  }, []);
  const result: Run[] = [];
  let [old, now]: [string[], string[]] = [[], []];
  const flush = (): void => {
    result.push(...replaced(old, now).filter(({ words }) => words.length > 0));
    [old, now] = [[], []];
  };
  same.forEach((run, index) => {
    const isIsland = run.words.length === 1 && index > 0 && index < same.length - 1;
    if (run.kind === 'same' && !isIsland) {
      flush();
      result.push(run);
      return;
    }
    if (run.kind !== 'added') old.push(...run.words);
    if (run.kind !== 'removed') now.push(...run.words);
  });
  flush();
  return result;
}

function toPieces(runs: readonly Run[]): Piece[] {
  return runs.map(({ kind, words }) => {
    // A text's last word has nothing after it, and may now stand before another.
    const whole = words.map((word, index) => (index < words.length - 1 ? spaced(word) : word)).join('');
    const text = whole.trimEnd();
    return { kind, text, gap: whole.slice(text.length) || ' ' };
  });
}

const spaced = (word: string): string => (bare(word) === word ? `${word} ` : word);
