import { BadSettings, readEnv, type Env } from '../../config/env.ts';
import { createLtiServices, sealerFrom } from '../lti/services.ts';
import { useRootSealer } from '../privacy/dataKeys.service.ts';
import { AppError, NotFound } from '../shared/errors.ts';
import { createLog } from '../shared/log.ts';
import { connectMongo, disconnectMongo } from '../shared/mongo.ts';
import { asksForHelp, commandsLike, findCommand, parseCommand, usageOf, type Command } from './command.ts';
import { courses } from './commands/courses.ts';
import { deployments } from './commands/deployments.ts';
import { doctor } from './commands/doctor.ts';
import { grants } from './commands/grants.ts';
import { invite } from './commands/invite.ts';
import { keys } from './commands/keys.ts';
import { migrate } from './commands/migrate.ts';
import { platforms } from './commands/platforms.ts';
import { seed } from './commands/seed.ts';

/** `npm run admin -- COMMAND`: the operator's commands. Reads the same settings as the server. */
const COMMANDS: readonly Command[] = [
  invite,
  ...platforms,
  ...deployments,
  ...courses,
  ...grants,
  ...keys,
  migrate,
  seed,
  doctor,
];

const out = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** @returns the exit code: 0 done, 1 refused or failed, 2 not understood. */
export async function main(argv: readonly string[], source?: Record<string, string>): Promise<number> {
  const command = findCommand(COMMANDS, argv);
  if (asksForHelp(argv)) {
    out(command ? usageOf(command) : usageOf(...commandsLike(COMMANDS, argv)));
    return 0;
  }
  if (!command) {
    complain(usageOf(...commandsLike(COMMANDS, argv)));
    return 2;
  }
  try {
    const args = parseCommand(command, argv);
    const env = readEnv(source);
    await withDatabase(env, () => run(command, args, env));
    return 0;
  } catch (error) {
    complain(wordsFor(error));
    return 1;
  }
}

async function run(command: Command, args: ReturnType<typeof parseCommand>, env: Env): Promise<void> {
  const log = createLog('silent');
  const lti = createLtiServices({ env, log });
  await command.run(args, { env, lti, now: new Date(), out });
}

async function withDatabase(env: Env, work: () => Promise<void>): Promise<void> {
  useRootSealer(sealerFrom(env));
  await connectMongo(env.MONGODB_URI).catch((cause: unknown) => {
    throw new Error('The database does not answer. Check MONGODB_URI and that MongoDB runs.', { cause });
  });
  try {
    await work();
  } finally {
    await disconnectMongo();
  }
}

function wordsFor(error: unknown): string {
  if (error instanceof BadSettings) return error.message;
  // Its message speaks of a page.
  if (error instanceof NotFound)
    return error.detail.startsWith('no ') ? `There is ${error.detail}.` : `Not found: ${error.detail}.`;
  if (error instanceof AppError && error.name !== 'Invalid')
    return error.detail === error.message ? error.message : `${error.message} (${error.detail})`;
  return error instanceof Error ? error.message : String(error);
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  process.exitCode = await main(process.argv.slice(2));
}
