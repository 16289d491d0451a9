import { describe, expect, it } from 'vitest';
import { declaredModels, defineModel, MissingInstitution } from '../../../src/shared/model.ts';
import { inTransaction } from '../../../src/shared/mongo.ts';
import { useDatabase } from '../../support/db.ts';
import '../../../src/app.ts';

useDatabase();

interface Thing {
  _id: string;
  institution: string;
  name: string;
}
const registry = [{ fields: ['name'], purpose: 'a test', audience: 'system', retention: 'minutes' }] as const;
const Things = defineModel<Thing>({
  name: 'testThings',
  tenancy: 'institution',
  fields: { name: { type: String, required: true } },
  indexes: [],
  registry,
});

describe('tenant data', () => {
  const asks: [string, () => Promise<unknown>][] = [
    ['find', async () => Things.find({ name: 'x' })],
    ['findOne', async () => Things.findOne({})],
    ['an operator as institution', async () => Things.find({ institution: { $ne: 'a' } })],
    ['updateMany', async () => Things.updateMany({}, { $set: { name: 'y' } })],
    ['deleteMany', async () => Things.deleteMany({ name: 'x' })],
    ['countDocuments', async () => Things.countDocuments()],
    ['estimatedDocumentCount', async () => Things.estimatedDocumentCount()],
    ['exists', async () => Things.exists({ name: 'x' })],
    ['distinct', async () => Things.distinct('name')],
    ['aggregate', async () => Things.aggregate([{ $match: { name: 'x' } }])],
    ['bulkWrite', async () => Things.bulkWrite([{ deleteMany: { filter: { name: 'x' } } }])],
  ];
  it.each(asks)('is not touched by %s that names no institution', async (_what, ask) => {
    await expect(ask()).rejects.toThrow(MissingInstitution);
  });

  it('is written with string ids and found under its own institution only', async () => {
    await Things.create({ institution: 'a', name: 'x' });
    expect(await Things.countDocuments({ institution: 'a' })).toBe(1);
    expect(await Things.countDocuments({ institution: 'b' })).toBe(0);
  });

  it('stands or falls with its transaction', async () => {
    const broken = inTransaction(async () => {
      await Things.insertMany([{ institution: 'a', name: 'y' }]);
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await Things.countDocuments({ institution: 'a' })).toBe(0);
  });
});

describe('the privacy registry', () => {
  it('explains every stored field of every collection', () => {
    const models = declaredModels();
    expect(models.length).toBeGreaterThan(20);
    for (const { registry: entries } of models)
      for (const { purpose } of entries) expect(purpose.length).toBeGreaterThan(5);
  });

  it('stops the start where a field is not explained, or an explained field does not exist', () => {
    const base = { tenancy: 'institution', indexes: [] } as const;
    const fields = { name: { type: String }, secret: { type: String } };
    expect(() => defineModel({ ...base, name: 'bad1', fields, registry })).toThrow(
      /unregistered fields \[secret\]/,
    );
    const more = [...registry, { ...registry[0], fields: ['gone'] }];
    expect(() =>
      defineModel({ ...base, name: 'bad2', fields: { name: { type: String } }, registry: more }),
    ).toThrow(/missing \[gone\]/);
  });
});
