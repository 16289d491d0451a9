import { defineModel, plain } from '../shared/model.ts';

/** A right given to a person by a person; an LMS administrator role alone never gives it. */
export interface Grant {
  id: string;
  institution: string;
  person: string;
  right: 'administrator';
  by: string;
  at: Date;
}
type GrantDoc = Omit<Grant, 'id'> & { _id: string };

const Grants = defineModel<GrantDoc>({
  name: 'grants',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    right: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
  },
  indexes: [[{ institution: 1, person: 1, right: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['person', 'right', 'by', 'at'],
      purpose: 'know who administers the tool',
      audience: 'administrator',
      retention: 'while enrolled',
    },
  ],
});

export async function addGrant(grant: Omit<Grant, 'id'>): Promise<void> {
  const { institution, person, right, ...rest } = grant;
  await Grants.updateOne({ institution, person, right }, { $setOnInsert: rest }, { upsert: true });
}

export async function hasGrant(institution: string, person: string, right: Grant['right']): Promise<boolean> {
  return (await Grants.exists({ institution, person, right })) !== null;
}

export async function listGrants(institution: string): Promise<Grant[]> {
  return (await Grants.find({ institution }).lean<GrantDoc[]>()).map(plain);
}
