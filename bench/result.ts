/** The last line of a bench's output (architecture.md, "The outside of it"). */
export interface Result {
  bench: string;
  ours: number;
  baseline: number;
  ratio: number;
  [figure: string]: unknown;
}

/** One target of quality.md, said as a line for people. */
export function verdict(what: string, value: number, relation: '<=' | '>=', wanted: number): string {
  const met = relation === '<=' ? value <= wanted : value >= wanted;
  return `  ${met ? 'reached' : 'MISSED '}  ${what}: ${value} (must be ${relation} ${wanted})`;
}
