import { defineModel, newId, plain } from '../shared/model.ts';
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

/** The driver's first batch is 101 documents: more would take another round trip. */
const ONE_BATCH = 1_000;

export async function findAccounts(
  institution: string,
  platform: string,
  subs: readonly string[],
): Promise<Account[]> {
  const query = Accounts.find({ institution, platform, sub: { $in: [...subs] } });
  return (await query.batchSize(ONE_BATCH).lean<AccountDoc[]>()).map(plain);
}

/** Accounts of the same LMS that carry one of these second keys. */
export async function findAccountsByLmsUser(
  institution: string,
  platform: string,
  ids: readonly string[],
): Promise<Account[]> {
  const query = Accounts.find({ institution, platform, lmsUserId: { $in: [...ids] } });
  return (await query.batchSize(ONE_BATCH).lean<AccountDoc[]>()).map(plain);
}

export async function findPeopleBySisId(institution: string, sisIds: readonly string[]): Promise<Person[]> {
  const query = People.find({ institution, sisId: { $in: [...sisIds] } });
  return (await query.batchSize(ONE_BATCH).lean<PersonDoc[]>()).map(plain);
}

export async function findPerson(institution: string, id: string): Promise<Person | null> {
  const doc = await People.findOne({ institution, _id: id }).lean<PersonDoc>();
  return doc && plain(doc);
}

export async function findPeople(institution: string, ids: readonly string[]): Promise<Person[]> {
  return (
    await People.find({ institution, _id: { $in: [...ids] } })
      .batchSize(ONE_BATCH)
      .lean<PersonDoc[]>()
  ).map(plain);
}

/** What a list of people shows of each. */
export type Listed = Pick<Person, 'id' | 'name' | 'given' | 'family' | 'sisId' | 'testUser'>;

export async function findListed(institution: string, ids: readonly string[]): Promise<Listed[]> {
  const docs = await People.find({ institution, _id: { $in: [...ids] } })
    .select('name given family sisId testUser')
    .batchSize(ONE_BATCH)
    .lean<(Omit<Listed, 'id'> & { _id: string })[]>();
  return docs.map(plain);
}

/** A person to be written: changed when `id` is known, else new under that id. */
export interface PersonWrite {
  id: string;
  isNew: boolean;
  set: Partial<Person>;
}

/** New ones are inserted together: the server writes a batch of inserts many times as fast as upserts one by one. */
export async function writePeople(
  institution: string,
  writes: readonly PersonWrite[],
  now: Date,
): Promise<void> {
  const added = writes
    .filter(({ isNew }) => isNew)
    .map(({ id, set }) => ({ _id: id, institution, ...withDefaults(set), createdAt: now }));
  const changed = writes
    .filter(({ isNew }) => !isNew)
    .map(({ id, set }) => ({ updateOne: { filter: { institution, _id: id }, update: { $set: set } } }));
  if (added.length > 0) await People.insertMany(added, { lean: true, ordered: false });
  if (changed.length > 0) await People.bulkWrite(changed as never, { ordered: false });
}

/** An account as one source describes it. */
export interface AccountWrite {
  platform: string;
  sub: string;
  person: string;
  lmsUserId: string | null;
  source: FactSource;
  fingerprint: string;
  /** Nobody knew it when it was looked for. Made meanwhile it is a duplicate, and the caller looks again. */
  isNew: boolean;
}

export async function writeAccounts(institution: string, accounts: readonly AccountWrite[]): Promise<void> {
  const added = accounts
    .filter(({ isNew }) => isNew)
    .map(({ platform, sub, person, lmsUserId, source, fingerprint }) => ({
      _id: newId(),
      institution,
      platform,
      sub,
      person,
      lmsUserId,
      fingerprints: { [source]: fingerprint },
    }));
  const changed = accounts
    .filter(({ isNew }) => !isNew)
    .map(({ platform, sub, person, lmsUserId, source, fingerprint }) => ({
      updateOne: {
        filter: { institution, platform, sub },
        update: {
          $set: { person, [`fingerprints.${source}`]: fingerprint, ...(lmsUserId ? { lmsUserId } : {}) },
        },
      },
    }));
  if (added.length > 0) await Accounts.insertMany(added, { lean: true, ordered: false });
  if (changed.length > 0) await Accounts.bulkWrite(changed as never, { ordered: false });
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
