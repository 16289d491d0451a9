import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import type { Env } from '../../config/env.ts';
import type { LtiServices } from '../lti/services.ts';
import { Invalid } from '../shared/errors.ts';

/** What a command of `npm run admin` works with. */
export interface CommandIo {
  env: Env;
  lti: LtiServices;
  now: Date;
  /** Writes one line to standard output. */
  out: (line: string) => void;
}

/** Words after the command's name, and `--options` by name. */
export interface CommandArgs {
  words: string[];
  options: Record<string, string | boolean | undefined>;
}

/** One command: a file in `commands/`, listed in `cli.ts`. */
export interface Command {
  /** One or two words: `invite`, `platforms approve`. */
  name: string;
  /** The line of help: `platforms approve ID`. */
  usage: string;
  options?: ParseArgsOptionsConfig;
  /** How many words must follow the name. */
  words?: number;
  run(args: CommandArgs, io: CommandIo): Promise<void>;
}

/** The command that a command line names, the longer name first. */
export function findCommand(commands: readonly Command[], argv: readonly string[]): Command | undefined {
  return [2, 1].flatMap((length) => commandNamed(commands, argv.slice(0, length).join(' ')))[0];
}

function commandNamed(commands: readonly Command[], name: string): Command[] {
  return commands.filter((command) => command.name === name);
}

export function asksForHelp(argv: readonly string[]): boolean {
  return argv.some((word) => word === '--help' || word === '-h') || argv[0] === 'help';
}

/** The commands whose name begins with the first word typed; all of them where there is none. */
export function commandsLike(commands: readonly Command[], [first]: readonly string[]): readonly Command[] {
  const like = commands.filter(({ name }) => name.split(' ')[0] === first);
  return like.length > 0 ? like : commands;
}

export function usageOf(...commands: readonly Command[]): string {
  return ['Usage: npm run admin -- COMMAND', ...commands.map(({ usage }) => `  ${usage}`)].join('\n');
}

/** @throws Invalid with the usage when an option is unknown or a word is missing. */
export function parseCommand(command: Command, argv: readonly string[]): CommandArgs {
  const rest = argv.slice(command.name.split(' ').length);
  try {
    const options = command.options ?? {};
    const { positionals, values } = parseArgs({ args: [...rest], options, allowPositionals: true });
    const words = command.words ?? 0;
    if (positionals.length < words) throw new Error('A word is missing');
    if (positionals.length > words) throw new Error(`"${positionals[words]}" is a word too many`);
    return { words: positionals, options: values as CommandArgs['options'] };
  } catch (cause) {
    const detail = sentenceOf(cause);
    throw new Invalid([{ field: 'command', message: `${detail}. Usage: npm run admin -- ${command.usage}` }]);
  }
}

/** Node's first sentence; what follows is advice on positional arguments, which no option of ours takes. */
function sentenceOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  return message.split(/\.\s|\n/)[0]?.replace(/\.$/, '') ?? '';
}

interface Listing<T> {
  /** `platforms list` */
  name: string;
  load: () => Promise<readonly T[]>;
  /** For people: a line each. */
  lines: (all: readonly T[]) => Promise<readonly string[]>;
  /** Said where there is nothing yet, with what to do about it. */
  none: string;
}

/** A command that shows everything of a kind: as JSON for scripts, else a line each. */
export function listCommand<T>({ name, load, lines, none }: Listing<T>): Command {
  return {
    name,
    usage: `${name} [--json]`,
    options: { json: { type: 'boolean' } },
    run: async (args, { out }) => {
      const all = await load();
      if (args.options['json']) return out(JSON.stringify(all));
      for (const line of all.length > 0 ? await lines(all) : [none]) out(line);
    },
  };
}

/** A word that must be there; `parseCommand` has counted them. */
export function wordOf(args: CommandArgs, index: number): string {
  return args.words[index] as string;
}

/** A text option, or undefined. */
export function textOf(args: CommandArgs, name: string): string | undefined {
  const value = args.options[name];
  return typeof value === 'string' ? value : undefined;
}
