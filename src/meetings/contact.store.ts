import { defineModel, plain } from '../shared/model.ts';
import type { FamilyContact } from './contact.ts';

type ContactDoc = Omit<FamilyContact, 'id'> & { _id: string };

const Contacts = defineModel<ContactDoc>({
  name: 'familyContacts',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    day: { type: String, required: true },
    how: { type: String, required: true },
    outcome: { type: String, required: true },
    note: { type: String, default: '' },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, person: 1, day: -1, at: -1 }]],
  registry: [
    {
      fields: ['person', 'day', 'how', 'outcome', 'note', 'by', 'at'],
      purpose: 'show that the school tried to reach the family before it went on without them',
      audience: 'staff',
      retention: 'with the plan',
    },
  ],
});

const MOST = 200;

/** Attempts to reach a student's family, newest first. */
export async function listContacts(institution: string, person: string): Promise<FamilyContact[]> {
  const docs = await Contacts.find({ institution, person })
    .sort({ day: -1, at: -1 })
    .limit(MOST)
    .lean<ContactDoc[]>();
  return docs.map(plain);
}

export async function insertContact({ id, ...contact }: FamilyContact): Promise<void> {
  await Contacts.insertMany([{ _id: id, ...contact }], { lean: true });
}
