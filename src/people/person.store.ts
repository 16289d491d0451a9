import { defineModel, plain } from '../shared/model.ts';
import type { Account, FactSource, Person } from './person.ts';

type PersonDoc = Omit<Person, 'id'> & { _id: string };
type AccountDoc = Omit<Account, 'id'> & { _id: string };

const People = defineModel<PersonDoc>({
  name: 'people',
  tenancy: 'institution',
  fields: {
    name: { type: String, required: true },
    given: { type: String, default: '' },
    family: { type: String, default: '' },
    email: { type: String, default: null },
    sisId: { type: String, default: null },
    locale: { type: String, default: null },
    zone: { type: String, default: null },
    testUser: { type: Boolean, default: false },
    createdAt: { type: Date, required: true },
  },
  indexes: [
    [
      { institution: 1, sisId: 1 },
      { unique: true, partialFilterExpression: { sisId: { $type: 'string' } } },
    ],
    [{ institution: 1, family: 1, given: 1, _id: 1 }],
  ],
  registry: [
    {
      fields: ['name', 'given', 'family'],
      purpose: 'call people by their name',
      audience: 'plan',
      retention: 'while enrolled',
    },
    { fields: ['email'], purpose: 'send a notification', audience: 'staff', retention: 'while enrolled' },
    {
      fields: ['sisId', 'createdAt', 'testUser'],
      purpose: 'recognise the same person in several LMS accounts, and keep test users apart',
      audience: 'staff',
      retention: 'while enrolled',
    },
    {
      fields: ['locale', 'zone'],
      purpose: 'show language and times as the person has them',
      audience: 'self',
      retention: 'while enrolled',
    },
  ],
});

const Accounts = defineModel<AccountDoc>({
  name: 'accounts',
  tenancy: 'institution',
  fields: {
    platform: { type: String, required: true },
    sub: { type: String, required: true },
    person: { type: String, required: true },
    lmsUserId: { type: String, default: null },
    fingerprints: { launch: { type: String }, roster: { type: String } },
  },
  indexes: [
    [{ institution: 1, platform: 1, sub: 1 }, { unique: true }],
    [{ institution: 1, platform: 1, lmsUserId: 1 }],
    [{ institution: 1, person: 1 }],
  ],
  registry: [
    {
      fields: ['platform', 'sub', 'person', 'lmsUserId', 'fingerprints.launch', 'fingerprints.roster'],
      purpose: 'recognise a person who launches from the LMS',
      audience: 'operator',
      retention: 'while enrolled',
    },
  ],
});

export async function findAccounts(
  institution: string,
  platform: string,
  subs: readonly string[],
): Promise<Account[]> {
  return (await Accounts.find({ institution, platform, sub: { $in: [...subs] } }).lean<AccountDoc[]>()).map(
    plain,
  );
}

/** Accounts of the same LMS that carry one of these second keys. */
export async function findAccountsByLmsUser(
  institution: string,
  platform: string,
  ids: readonly string[],
): Promise<Account[]> {
  return (
    await Accounts.find({ institution, platform, lmsUserId: { $in: [...ids] } }).lean<AccountDoc[]>()
  ).map(plain);
}

export async function findPeopleBySisId(institution: string, sisIds: readonly string[]): Promise<Person[]> {
  return (await People.find({ institution, sisId: { $in: [...sisIds] } }).lean<PersonDoc[]>()).map(plain);
}

export async function findPerson(institution: string, id: string): Promise<Person | null> {
  const doc = await People.findOne({ institution, _id: id }).lean<PersonDoc>();
  return doc && plain(doc);
}

export async function findPeople(institution: string, ids: readonly string[]): Promise<Person[]> {
  return (
    await People.find({ institution, _id: { $in: [...ids] } })
      .batchSize(1_000)
      .lean<PersonDoc[]>()
  ).map(plain);
}

/** A person to be written: changed when `id` is known, else new under that id. */
export interface PersonWrite {
  id: string;
  isNew: boolean;
  set: Partial<Person>;
}

export async function writePeople(
  institution: string,
  writes: readonly PersonWrite[],
  now: Date,
): Promise<void> {
  if (writes.length === 0) return;
  const operations = writes.map(({ id, isNew, set }) => ({
    updateOne: {
      filter: { institution, _id: id },
      update: isNew ? { $setOnInsert: { ...withDefaults(set), createdAt: now } } : { $set: set },
      upsert: isNew,
    },
  }));
  await People.bulkWrite(operations as never, { ordered: false });
}

/** An account as one source describes it. */
export interface AccountWrite {
  platform: string;
  sub: string;
  person: string;
  lmsUserId: string | null;
  source: FactSource;
  fingerprint: string;
}

export async function writeAccounts(institution: string, accounts: readonly AccountWrite[]): Promise<void> {
  if (accounts.length === 0) return;
  const operations = accounts.map(({ platform, sub, person, lmsUserId, source, fingerprint }) => ({
    updateOne: {
      filter: { institution, platform, sub },
      update: {
        $set: { person, [`fingerprints.${source}`]: fingerprint, ...(lmsUserId ? { lmsUserId } : {}) },
        ...(lmsUserId ? {} : { $setOnInsert: { lmsUserId: null } }),
      },
      upsert: true,
    },
  }));
  await Accounts.bulkWrite(operations as never, { ordered: false });
}

function withDefaults(set: Partial<Person>): Omit<Person, 'id' | 'institution' | 'createdAt'> {
  return {
    name: 'Name not shared',
    given: '',
    family: '',
    email: null,
    sisId: null,
    locale: null,
    zone: null,
    testUser: false,
    ...set,
  };
}
