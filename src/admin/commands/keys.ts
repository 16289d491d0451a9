import type { Command } from '../command.ts';

const rotate: Command = {
  name: 'keys rotate',
  usage: 'keys rotate',
  run: async (_, { lti, now, out }) => {
    const kid = await lti.keys.rotateKeys(now);
    out(`From now on ${kid} signs. The former key stays published for 7 days.`);
  },
};

export const keys: readonly Command[] = [rotate];
