import type { DemoOptions } from './demoOptions.ts';
import type { DoorLink } from './doors.ts';

/** What a demo that runs tells: to a person in words, to a script as JSON. */
export interface DemoFacts {
  /** Address of the practice LMS. */
  lms: string;
  /** Address of Waymark. */
  tool: string;
  people: DoorLink[];
  /** What the operator's commands (`npm run admin`) need in their environment. */
  settings: Readonly<Record<string, string>>;
}

export function readyText({ people, lms, settings }: DemoFacts, { keep }: Pick<DemoOptions, 'keep'>): string {
  const links = people.map(
    ({ as, name, manner, url }) => `  ${`${as} in ${manner}`.padEnd(28)} ${name.padEnd(24)} ${url}`,
  );
  return [
    '\nReady. Open one of these (the LMS signs you in and shows Waymark inside the course):\n',
    ...links,
    `\n  Everybody else: ${lms}`,
    '\n  For the operator’s commands, in another terminal of this folder; then, for one: npm run admin -- doctor',
    `  export ${exported(settings)}`,
    `\n  ${keep ? 'The data stays in .demo/ for the next --keep.' : 'The data is gone when this ends (--keep keeps it).'} Ctrl-C ends it all.`,
  ].join('\n');
}

/** For a POSIX shell; an address of a database has a `?` in it. */
function exported(settings: Readonly<Record<string, string>>): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}='${value}'`)
    .join(' ');
}
