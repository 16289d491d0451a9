import { Conflict } from '../shared/errors.ts';
import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import type { Institution, SchoolSettings } from './institution.ts';

type InstitutionDoc = Omit<Institution, 'id'> & { _id: string };

const Institutions = defineModel<InstitutionDoc>({
  name: 'institutions',
  tenancy: { global: 'this is the list of the tenants themselves' },
  fields: {
    name: { type: String, required: true },
    zone: { type: String, required: true },
    planName: { type: String, required: true },
    framework: { type: String, required: true },
    seesPlans: { type: String, required: true },
    yearStarts: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  indexes: [[{ name: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['name', 'zone', 'planName', 'framework', 'seesPlans', 'yearStarts', 'createdAt'],
      purpose:
        "name the school and keep its settings: time zone, the plan's name, who sees plans, when its year begins",
      audience: 'administrator',
      retention: 'with the institution',
    },
  ],
});

/** @throws Conflict when a school of this name exists. */
export async function addInstitution(institution: Omit<Institution, 'id'>): Promise<Institution> {
  try {
    return plain((await Institutions.create(institution)).toObject<InstitutionDoc>());
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict(`There is a school named "${institution.name}" already.`);
    throw error;
  }
}

export async function findInstitution(id: string): Promise<Institution | null> {
  const doc = await Institutions.findOne({ _id: id }).lean<InstitutionDoc>();
  return doc && plain(doc);
}

export async function findInstitutionNamed(name: string): Promise<Institution | null> {
  const doc = await Institutions.findOne({ name }).lean<InstitutionDoc>();
  return doc && plain(doc);
}

/** @returns null when the school is gone. */
export async function updateInstitution(
  id: string,
  set: Partial<SchoolSettings>,
): Promise<Institution | null> {
  const doc = await Institutions.findOneAndUpdate(
    { _id: id },
    { $set: set },
    { returnDocument: 'after' },
  ).lean<InstitutionDoc>();
  return doc && plain(doc);
}

/** Oldest first. */
export async function listInstitutions(): Promise<Institution[]> {
  return (await Institutions.find({}).sort({ createdAt: 1 }).lean<InstitutionDoc[]>()).map(plain);
}
