import { LETTERS, type Letter, type Scores } from './riasec.ts';

/** A six-sided chart in a box of 440 × 300, drawn by the server with plain attributes. */
export interface Hexagon {
  /** Outlines of a quarter, a half, three quarters and the whole, as `points` of a polygon. */
  rings: string[];
  /** The scores as one shape. */
  shape: string;
  spokes: { x: number; y: number }[];
  dots: { x: number; y: number }[];
  labels: { letter: Letter; x: number; y: number; anchor: 'start' | 'middle' | 'end' }[];
}

const CENTRE = { x: 220, y: 150 } as const;
const RADIUS = 105;
const LABEL_RADIUS = 124;
const QUARTERS = [25, 50, 75, 100] as const;

/** The six in Holland's order, R at the top, clockwise: neighbours are alike, opposites differ most. */
export function hexagonOf(scores: Scores): Hexagon {
  const corners = LETTERS.map((_, index) => index);
  const dots = LETTERS.map((letter, index) => pointAt(index, (RADIUS * scores[letter]) / 100));
  return {
    rings: QUARTERS.map((share) => pointsOf(corners.map((index) => pointAt(index, (RADIUS * share) / 100)))),
    shape: pointsOf(dots),
    spokes: corners.map((index) => pointAt(index, RADIUS)),
    dots,
    labels: LETTERS.map((letter, index) => ({ letter, ...labelAt(index) })),
  };
}

function pointAt(index: number, radius: number): { x: number; y: number } {
  const angle = (index * Math.PI) / 3 - Math.PI / 2;
  return { x: tenth(CENTRE.x + radius * Math.cos(angle)), y: tenth(CENTRE.y + radius * Math.sin(angle)) };
}

/** Top and bottom are centred above and below; left and right run away from the shape. */
function labelAt(index: number): Pick<Hexagon['labels'][number], 'x' | 'y' | 'anchor'> {
  const { x, y } = pointAt(index, LABEL_RADIUS);
  const anchor = index % 3 === 0 ? 'middle' : index < 3 ? 'start' : 'end';
  const inward = { start: -8, middle: 0, end: 8 }[anchor];
  return { x: tenth(x + inward), y: tenth(y + 5), anchor };
}

function pointsOf(points: readonly { x: number; y: number }[]): string {
  return points.map(({ x, y }) => `${x},${y}`).join(' ');
}

function tenth(value: number): number {
  return Math.round(value * 10) / 10;
}
