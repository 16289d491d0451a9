import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import type { ImportedBank } from './bank.ts';

type BankDoc = Omit<ImportedBank, 'id'> & { _id: string };

const Question = new Schema(
  {
    id: { type: String, required: true },
    text: { type: String, required: true },
    letter: { type: String, required: true },
  },
  { _id: false, id: false },
);

const Banks = defineModel<BankDoc>({
  name: 'itemBanks',
  tenancy: 'institution',
  fields: {
    name: { type: String, required: true },
    language: { type: String, required: true },
    scale: { type: [String], required: true },
    items: { type: [Question], required: true },
    attribution: { type: String, required: true },
    status: { type: String, required: true },
    replaces: { type: String, default: null },
    importedBy: { type: String, required: true },
    importedAt: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, importedAt: -1 }]],
  registry: [
    {
      fields: ['name', 'language', 'scale', 'items.id', 'items.text', 'items.letter', 'attribution'],
      purpose: 'the interest questions a school brought itself',
      audience: 'plan',
      retention: 'with the institution',
    },
    {
      fields: ['status', 'replaces', 'importedBy', 'importedAt'],
      purpose: 'say who imported questions and take an import back',
      audience: 'administrator',
      retention: 'with the institution',
    },
  ],
});

interface Choice {
  _id: string;
  institution: string;
  off: string[];
}

const Choices = defineModel<Choice>({
  name: 'inventoryChoices',
  tenancy: 'institution',
  fields: { off: { type: [String], default: [] } },
  indexes: [[{ institution: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['off'],
      purpose: 'which interest questions a school does not offer its students',
      audience: 'administrator',
      retention: 'with the institution',
    },
  ],
});

/** No school keeps more versions of its questions. */
export const MOST_BANKS = 100;

/** Every bank the school imported, newest first. */
export async function listImported(institution: string): Promise<ImportedBank[]> {
  const docs = await Banks.find({ institution }).sort({ importedAt: -1 }).limit(MOST_BANKS).lean<BankDoc[]>();
  return docs.map(plain);
}

export async function findImported(institution: string, id: string): Promise<ImportedBank | null> {
  const doc = await Banks.findOne({ institution, _id: id }).lean<BankDoc>();
  return doc && plain(doc);
}

export async function insertBank({ id, ...bank }: ImportedBank): Promise<void> {
  await Banks.insertMany([{ _id: id, ...bank }], { lean: true });
}

/** @returns false when the bank is not, or not any more, as `from` says. */
export async function setBankStatus(
  institution: string,
  id: string,
  from: ImportedBank['status'],
  to: ImportedBank['status'],
): Promise<boolean> {
  const { modifiedCount } = await Banks.updateOne(
    { institution, _id: id, status: from },
    { $set: { status: to } },
  );
  return modifiedCount === 1;
}

/** Ids of the banks the school does not offer. */
export async function listOff(institution: string): Promise<string[]> {
  return (await Choices.findOne({ institution }).lean<Choice>())?.off ?? [];
}

export async function setOff(institution: string, bank: string, off: boolean): Promise<void> {
  const change = off ? { $addToSet: { off: bank } } : { $pull: { off: bank } };
  await Choices.updateOne({ institution }, change, { upsert: true });
}
