/**
 * Loaded before a measured server (`node --import`): answers the bench over IPC with the process's own CPU,
 * memory, database commands and times of answers. When the bench is gone, so is the server.
 */
import { Session } from 'node:inspector/promises';
import type { Answer, Question } from './ask.ts';
import { takeCommands } from './commands.ts';
import { takeTimes } from './times.ts';

/** Records CPU from the first call to the second. @returns the profile, for a browser's developer tools */
async function profile(): Promise<unknown> {
  if (!session) {
    session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.start');
    return true;
  }
  const { profile } = await session.post('Profiler.stop');
  session.disconnect();
  session = null;
  return profile;
}
let session: Session | null = null;

async function answer({ ask }: Question): Promise<unknown> {
  switch (ask) {
    case 'cpu':
      return process.cpuUsage();
    case 'memory':
      return process.memoryUsage();
    case 'profile':
      return profile();
    case 'commands':
      return takeCommands();
    case 'times':
      return takeTimes();
  }
  return undefined;
}

process.on('message', (question: Question) => {
  void answer(question).then((value) => {
    if (value !== undefined) process.send?.({ id: question.id, value } satisfies Answer);
  });
});
process.on('disconnect', () => process.exit(0));
// The channel alone must not keep a server alive that was told to stop.
process.channel?.unref();
