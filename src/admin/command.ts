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

/** @throws Invalid with the usage when an option is unknown or a word is missing. */
export function parseCommand(command: Command, argv: readonly string[]): CommandArgs {
  const rest = argv.slice(command.name.split(' ').length);
  try {
    const options = command.options ?? {};
    const { positionals, values } = parseArgs({ args: [...rest], options, allowPositionals: true });
    if (positionals.length !== (command.words ?? 0)) throw new Error('wrong number of words');
    return { words: positionals, options: values as CommandArgs['options'] };
  } catch (cause) {
    const detail = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw new Invalid([{ field: 'command', message: `${detail}. Usage: npm run admin -- ${command.usage}` }]);
  }
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
