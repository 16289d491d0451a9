import { defineModel } from '../shared/model.ts';

interface KeyDoc {
  _id: string;
  institution: string;
  owner: string;
  wrapped: string;
}

const DataKeys = defineModel<KeyDoc>({
  name: 'dataKeys',
  tenancy: 'institution',
  fields: { owner: { type: String, required: true }, wrapped: { type: String, required: true } },
  indexes: [[{ institution: 1, owner: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['owner', 'wrapped'],
      purpose: 'seal a person’s words in the log, so that they can be erased there',
      audience: 'system',
      retention: 'while enrolled',
    },
  ],
});

/**
 * The wrapped key of `owner` (a person id, or `institution`); two processes at once get the same one.
 * Never part of a transaction around it: the key is kept in memory from here on, and one that an abort took back
 * would seal words that nobody can open again.
 */
export async function findOrAddKey(institution: string, owner: string, make: () => string): Promise<string> {
  const found = await DataKeys.findOne({ institution, owner }, null, { session: null }).lean<KeyDoc>();
  if (found) return found.wrapped;
  const made = await DataKeys.findOneAndUpdate(
    { institution, owner },
    { $setOnInsert: { wrapped: make() } },
    { upsert: true, returnDocument: 'after', session: null },
  ).lean<KeyDoc>();
  return (made as KeyDoc).wrapped;
}
