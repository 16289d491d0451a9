import { expect, it } from 'vitest';
import { sealerOf, useRootSealer } from '../../../src/privacy/dataKeys.service.ts';
import { createSealer, newToken } from '../../../src/shared/crypto.ts';
import { inTransaction } from '../../../src/shared/mongo.ts';
import { anId } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';

useDatabase();

it('words sealed after an aborted change still open in another process', async () => {
  const root = createSealer([Buffer.from(newToken(32), 'base64url').toString('base64')]);
  const [institution, person] = [anId(), anId()];
  useRootSealer(root);
  const change = inTransaction(async () => {
    await sealerOf(institution, person);
    throw new Error('the change is taken back');
  });
  await expect(change).rejects.toThrow('taken back');
  const sealed = (await sealerOf(institution, person)).seal('I explain things well.', 'words');
  useRootSealer(root); // As in another process: nothing is remembered.
  expect((await sealerOf(institution, person)).open(sealed, 'words')).toBe('I explain things well.');
});
