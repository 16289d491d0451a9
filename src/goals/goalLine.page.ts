import type { Words } from '../shared/page.ts';
import type { Goal } from './goal.ts';
import type { ProgressLine } from './goalTime.ts';
import { amountOf } from './goalWords.page.ts';

/** A line drawn by the server in a box of 320 × 120, with the same in words. */
export interface LineChart {
  words: string;
  points: string;
  dots: { x: number; y: number }[];
  target: { y: number; label: string };
}

const BOX = { width: 320, height: 120, edge: 12 } as const;

/** The line from where the goal started to its newest number, up to the day it should be reached. */
export function lineChart(words: Words, line: ProgressLine, goal: Goal, now: Date): LineChart {
  const { from, to, points } = line;
  const first = { at: goal.createdAt, value: from ?? 0 };
  const all = [first, ...points];
  const end = Math.max(
    goal.by ? Date.parse(goal.by) : 0,
    ...all.map(({ at }) => at.getTime()),
    first.at.getTime() + 1,
  );
  const values = [...all.map(({ value }) => value), to];
  const x = scale([first.at.getTime(), end], [BOX.edge, BOX.width - BOX.edge]);
  const y = scale([Math.min(...values), Math.max(...values)], [BOX.height - BOX.edge, 2 * BOX.edge]);
  const dots = all.map(({ at, value }) => ({ x: x(at.getTime()), y: y(value) }));
  return {
    words: lineWords(words, line, now),
    points: dots.map((dot) => `${dot.x},${dot.y}`).join(' '),
    dots,
    target: { y: y(to), label: words.t('goals.track.line.target', { to }) },
  };
}

function lineWords(words: Words, { to, unit, points, share }: ProgressLine, now: Date): string {
  const { t, fmt } = words;
  const last = points.at(-1);
  if (!last || share === null) return t('goals.track.line.none', { amount: amountOf(words, to, unit) });
  const amount = amountOf(words, last.value, unit);
  return t('goals.track.line.words', { amount, share, to, when: fmt.moment(last.at, now) });
}

/** A straight scale, rounded to a tenth of a unit of the box. */
function scale([a, b]: [number, number], [low, high]: [number, number]): (value: number) => number {
  const span = b - a || 1;
  return (value) => Math.round((low + ((value - a) / span) * (high - low)) * 10) / 10;
}
