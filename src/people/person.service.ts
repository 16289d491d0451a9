import { hashOf } from '../shared/crypto.ts';
import { NotFound } from '../shared/errors.ts';
import { isDuplicate, newId } from '../shared/model.ts';
import { knownFacts, type Account, type FactSource, type Person, type PersonFacts } from './person.ts';
import { hasGrant } from './grant.store.ts';
import * as store from './person.store.ts';

export { findPeople, findPerson } from './person.store.ts';

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
      changed.map((one) => accountWrite({ platform, source }, one, owners)),
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
  const fresh = new Map<string, string>();
  return new Map(
    facts.map((one): [string, Owner] => {
      const known =
        (one.sisId && bySis.get(one.sisId)) ??
        accounts.get(one.sub)?.person ??
        (one.lmsUserId && byLmsUser.get(one.lmsUserId));
      if (known) return [one.sub, { id: known, isNew: false }];
      const id = fresh.get(one.sisId ?? one.sub) ?? newId();
      fresh.set(one.sisId ?? one.sub, id);
      return [one.sub, { id, isNew: true }];
    }),
  );
}

function ownerOf(facts: PersonFacts, owners: ReadonlyMap<string, Owner>): Owner {
  return owners.get(facts.sub) as Owner;
}

function personWrite(facts: PersonFacts, owners: ReadonlyMap<string, Owner>): store.PersonWrite {
  return { ...ownerOf(facts, owners), set: knownFacts(facts) };
}

function accountWrite(
  from: From,
  facts: PersonFacts,
  owners: ReadonlyMap<string, Owner>,
): store.AccountWrite {
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

/** Whether a person of the institution holds the tool's administrator right. */
export async function isAdministrator(institution: string, person: string): Promise<boolean> {
  return hasGrant(institution, person, 'administrator');
}
