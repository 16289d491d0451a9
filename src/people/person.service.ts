import { hashOf } from '../shared/crypto.ts';
import { NotFound } from '../shared/errors.ts';
import { isDuplicate, newId } from '../shared/model.ts';
import { knownFacts, type Account, type FactSource, type Person, type PersonFacts } from './person.ts';
import { hasGrant, listGrants } from './grant.store.ts';
import * as store from './person.store.ts';

export { findListed, findPeople, findPeopleBySisId, findPerson, type Listed } from './person.store.ts';

/** @throws NotFound when this institution knows no such person. */
export async function getPerson(institution: string, id: string): Promise<Person> {
  const person = await store.findPerson(institution, id);
  if (!person) throw new NotFound(`person ${id}`);
  return person;
}

/**
 * Turns what an LMS says of people into persons of the institution, making those it never saw.
 * Unchanged facts write nothing. Two runs at once make one person: the SIS id index says no to the
 * second, which then finds the first.
 *
 * @returns person id by `sub`.
 */
export async function rememberPeople(
  institution: string,
  platform: string,
  facts: readonly PersonFacts[],
  now: Date,
  source: FactSource,
): Promise<Map<string, string>> {
  for (let tries = 1; ; tries += 1)
    try {
      return await remember(institution, { platform, source }, facts, now);
    } catch (error) {
      if (!isDuplicate(error) || tries === MOST_TRIES) throw error;
    }
}

/** The person of an account, when the launch says of them what the last one said: then nothing is to be written. */
export function unchangedPerson(account: Account | null, launched: PersonFacts): string | null {
  return account?.fingerprints.launch === fingerprintOf(launched) ? account.person : null;
}

/** Rosters of several courses hold the same people; each lost race finds more of them made. */
const MOST_TRIES = 5;

async function remember(
  institution: string,
  { platform, source }: From,
  facts: readonly PersonFacts[],
  now: Date,
) {
  const accounts = new Map(
    (
      await store.findAccounts(
        institution,
        platform,
        facts.map(({ sub }) => sub),
      )
    ).map((a) => [a.sub, a]),
  );
  const changed = facts.filter((one) => accounts.get(one.sub)?.fingerprints[source] !== fingerprintOf(one));
  if (changed.length > 0) {
    const owners = await ownersOf(institution, platform, changed, accounts);
    await store.writePeople(institution, dedupe(changed.map((one) => personWrite(one, owners))), now);
    await store.writeAccounts(
      institution,
      changed.map((one) => ({
        ...accountWrite({ platform, source }, one, owners),
        isNew: !accounts.has(one.sub),
      })),
    );
    for (const one of changed) accounts.set(one.sub, { person: ownerOf(one, owners).id } as Account);
  }
  return new Map(facts.map(({ sub }) => [sub, accounts.get(sub)?.person as string]));
}

interface From {
  platform: string;
  source: FactSource;
}

interface Owner {
  id: string;
  isNew: boolean;
  /** The SIS id is another person's: it is not written here. */
  withoutSisId?: boolean;
}

/**
 * Whose account is this? The SIS id's person, else the one the same `sub` had, else the LMS's second key's,
 * else somebody new. The SIS id comes first: an LMS that tells it only in the roster (Schoology without our
 * custom parameters) would else leave a second person behind who can never have it.
 */
async function ownersOf(
  institution: string,
  platform: string,
  facts: readonly PersonFacts[],
  accounts: ReadonlyMap<string, Account>,
): Promise<Map<string, Owner>> {
  const bySis = new Map(
    (await store.findPeopleBySisId(institution, present(facts.map(({ sisId }) => sisId)))).map((p) => [
      p.sisId,
      p.id,
    ]),
  );
  const byLmsUser = new Map(
    (
      await store.findAccountsByLmsUser(
        institution,
        platform,
        present(facts.map(({ lmsUserId }) => lmsUserId)),
      )
    ).map((a) => [a.lmsUserId, a.person]),
  );
  // What a link's maker may have written joins nobody to a person who administers the school.
  const administrators = await listAdministrators(institution);
  const unlessAdministrator = (id: string | undefined): string | undefined =>
    id !== undefined && administrators.has(id) ? undefined : id;
  const fresh = new Map<string, string>();
  return new Map(
    facts.map((one): [string, Owner] => {
      const account = accounts.get(one.sub)?.person;
      const bySisId = one.sisId === null ? undefined : bySis.get(one.sisId);
      const bySecondKey = one.lmsUserId === null ? undefined : byLmsUser.get(one.lmsUserId);
      const known = one.sisIdUnsigned
        ? (account ?? unlessAdministrator(bySisId) ?? unlessAdministrator(bySecondKey))
        : (bySisId ?? account ?? unlessAdministrator(bySecondKey));
      const withoutSisId = bySisId !== undefined && bySisId !== known;
      if (known) return [one.sub, { id: known, isNew: false, withoutSisId }];
      const id = fresh.get(one.sisId ?? one.sub) ?? newId();
      fresh.set(one.sisId ?? one.sub, id);
      return [one.sub, { id, isNew: true, withoutSisId }];
    }),
  );
}

function ownerOf(facts: PersonFacts, owners: ReadonlyMap<string, Owner>): Owner {
  return owners.get(facts.sub) as Owner;
}

function personWrite(facts: PersonFacts, owners: ReadonlyMap<string, Owner>): store.PersonWrite {
  const { id, isNew, withoutSisId } = ownerOf(facts, owners);
  const { sisId, ...set } = knownFacts(facts);
  return { id, isNew, set: withoutSisId || sisId === undefined ? set : { ...set, sisId } };
}

function accountWrite(
  from: From,
  facts: PersonFacts,
  owners: ReadonlyMap<string, Owner>,
): Omit<store.AccountWrite, 'isNew'> {
  return {
    ...from,
    sub: facts.sub,
    person: ownerOf(facts, owners).id,
    lmsUserId: facts.lmsUserId,
    fingerprint: fingerprintOf(facts),
  };
}

function dedupe(writes: readonly store.PersonWrite[]): store.PersonWrite[] {
  return [...new Map(writes.map((write) => [write.id, write])).values()];
}

function fingerprintOf(facts: PersonFacts): string {
  return hashOf(JSON.stringify(facts));
}

function present(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

/** The persons who hold the tool's administrator right. */
async function listAdministrators(institution: string): Promise<Set<string>> {
  return new Set((await listGrants(institution)).map(({ person }) => person));
}

/** Whether a person of the institution holds the tool's administrator right. */
export async function isAdministrator(institution: string, person: string): Promise<boolean> {
  return hasGrant(institution, person, 'administrator');
}
