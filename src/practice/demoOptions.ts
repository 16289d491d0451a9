import { parseArgs } from 'node:util';

/** What `npm run demo -- …` may be told. */
export interface DemoOptions {
  /** Keep the data in `.demo/` for the next time. */
  keep: boolean;
  /** Waymark's port; the practice LMS takes the next one. */
  port: number;
  /** One line of JSON on standard output, everything else on standard error. */
  json: boolean;
  /** No sample plans: a school on its first day. */
  empty: boolean;
  /** Build style sheets and script anew when they change. */
  watch: boolean;
}

export type DemoCommand =
  { is: 'run'; options: DemoOptions } | { is: 'help'; text: string } | { is: 'refused'; text: string };

export const DEMO_USAGE = `Usage: npm run demo -- [--keep] [--port N] [--empty] [--json] [--watch]
  --keep    keep the data in .demo/ for the next time
  --port N  Waymark's port (3000); the practice LMS takes the next one
  --empty   a school on its first day, without sample plans
  --json    one line of JSON for scripts (npm run -s demo -- --json)
  --watch   build style sheets and script anew when they change`;

const FLAG = { type: 'boolean' } as const;

/** Reads the words after `npm run demo --`, before anything is started. */
export function readDemoCommand(argv: readonly string[]): DemoCommand {
  if (argv.some((word) => word === '--help' || word === '-h')) return { is: 'help', text: DEMO_USAGE };
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { keep: FLAG, json: FLAG, empty: FLAG, watch: FLAG, port: { type: 'string' } },
    });
    const port = portOf(values.port);
    if (port === null) return refused('--port takes a number from 1 to 65534.');
    const { keep = false, json = false, empty = false, watch = false } = values;
    return { is: 'run', options: { keep, json, empty, watch, port } };
  } catch (error) {
    return refused(sentenceOf(error));
  }
}

function refused(problem: string): DemoCommand {
  return { is: 'refused', text: `${problem}\n${DEMO_USAGE}` };
}

/** The practice LMS needs the port above. Null: not a port. */
function portOf(text = '3000'): number | null {
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_534 ? port : null;
}

/** Node's message up to its advice about positional arguments, which is of no use here. */
function sentenceOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return `${message.split(/\.\s|\n/)[0]?.replace(/\.$/, '') ?? ''}.`;
}
