import { beforeEach, describe, expect, it } from 'vitest';
import { receiveFile } from '../../../src/files/file.service.ts';
import { institutionFor } from '../../../src/institutions/institution.service.ts';
import { removeAllLeftOverFiles } from '../../../src/jobs/nightly.ts';
import { createLog } from '../../../src/shared/log.ts';
import { newId } from '../../../src/shared/model.ts';
import { useDatabase } from '../../support/db.ts';
import { aPdf } from '../../support/madeFiles.ts';

useDatabase();
const log = createLog('silent');
const NOW = new Date('2026-09-15T02:30:00Z');
const hoursLater = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

async function* whole(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

/** A file whose request ended before anything was tied to it. */
async function leftOverAt(school: string): Promise<void> {
  const { id: institution } = await institutionFor(school, NOW);
  await receiveFile({ institution, person: newId() }, { name: 'draft.pdf', stream: whole(aPdf()) }, NOW);
}

describe('at night', () => {
  beforeEach(async () => {
    await leftOverAt('Riverbend High School');
    await leftOverAt('Another School');
  });

  it('left over files of every school are removed, not those of the last minutes', async () => {
    expect(await removeAllLeftOverFiles(NOW, log)).toBe(0);
    expect(await removeAllLeftOverFiles(hoursLater(24), log)).toBe(2);
    expect(await removeAllLeftOverFiles(hoursLater(24), log)).toBe(0);
  });
});
