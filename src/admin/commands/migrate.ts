import { declaredModels, ensureIndexes } from '../../shared/model.ts';
import type { Command } from '../command.ts';

/** Collections and indexes; running it again changes nothing. */
export const migrate: Command = {
  name: 'migrate',
  usage: 'migrate',
  run: async (_, { out }) => {
    await ensureIndexes();
    out(`${declaredModels().length} collections have their indexes.`);
  },
};
