import { record } from '../audit/audit.service.ts';
import { endSessionsOf } from '../sessions/session.service.ts';
import { Conflict, Invalid } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import { say } from '../plans/say.ts';
import { findByIdOrEmail, removeGrant } from './directory.store.ts';
import { addGrant, hasGrant, listGrants, type Grant } from './grant.store.ts';
import { getPerson } from './person.service.ts';
import type { Person } from './person.ts';

/** Who gives or takes a right: a person, or `operator` on the command line. */
export interface Granter {
  institution: string;
  person: string;
  via: string | null;
}

/** The administrators of a school, the earliest first. */
export async function administratorsOf(institution: string): Promise<Grant[]> {
  const grants = await listGrants(institution);
  return grants
    .filter(({ right }) => right === 'administrator')
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/**
 * The one person of a school whom somebody means by a SIS id or an e-mail address.
 * @throws Invalid when there is none, or several share the address
 */
export async function personNamed(
  institution: string,
  wanted: { sisId?: string; email?: string },
): Promise<Person> {
  const found = await findByIdOrEmail(institution, wanted);
  const exact = found.filter(({ sisId }) => wanted.sisId !== undefined && sisId === wanted.sisId);
  const [person, ...others] = exact.length > 0 ? exact : found;
  if (!person) throw new Invalid([{ field: 'who', message: say('admin.error.nobody') }]);
  if (others.length > 0) throw new Invalid([{ field: 'who', message: say('admin.error.several') }]);
  return person;
}

/** Makes a person an administrator of the tool; doing it again changes nothing. It counts from their next visit. */
export async function grantAdministrator(by: Granter, person: string, at: Date): Promise<Person> {
  const known = await getPerson(by.institution, person);
  if (known.testUser) throw new Conflict(say('admin.error.testUser'));
  if (await hasGrant(by.institution, person, 'administrator')) return known;
  await inTransaction(async () => {
    const { institution } = by;
    await addGrant({ institution, person, right: 'administrator', by: by.person, at });
    await tell(by, 'grant.added', person, at);
  });
  return known;
}

/** Takes the right away; their sessions end at once. @throws Conflict when it is their own */
export async function revokeAdministrator(by: Granter, person: string, at: Date): Promise<Person> {
  if (by.person === person) throw new Conflict(say('admin.error.self'));
  const known = await getPerson(by.institution, person);
  await inTransaction(async () => {
    if (await removeGrant(by.institution, person, 'administrator'))
      await tell(by, 'grant.removed', person, at);
  });
  await endSessionsOf(by.institution, [person]);
  return known;
}

function tell(by: Granter, action: string, person: string, at: Date): Promise<void> {
  return record({
    institution: by.institution,
    actor: by.person,
    action,
    subject: person,
    object: { kind: 'grant', id: person },
    via: by.via,
    at,
  });
}
