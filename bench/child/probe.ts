/**
 * Loaded before a measured server (`node --import`): answers the bench over IPC with the process's own CPU,
 * memory and database commands. When the bench is gone, so is the server.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Answer, Question } from './ask.ts';
import { takeCommands } from './commands.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

async function answer({ ask }: Question): Promise<unknown> {
  switch (ask) {
    case 'cpu':
      return process.cpuUsage();
    case 'memory':
      return process.memoryUsage();
    case 'collect':
      collect();
      return process.memoryUsage();
    case 'commands':
      return takeCommands();
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
