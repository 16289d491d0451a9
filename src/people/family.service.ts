import * as people from './person.store.ts';
import * as store from './relationship.store.ts';

/** How long a mentor launch stands: an LMS says who observes whom only at the launch itself. */
const LAUNCH_STANDS_MS = 24 * 60 * 60_000;

/**
 * Links a guardian to the students an LMS named in `role_scope_mentor` (Core 1.3, 5.4.6). Ids that are no
 * account of this institution and platform link to nobody.
 */
export async function rememberWards(
  guardian: { institution: string; platform: string; person: string; course: string | null },
  subs: readonly string[],
  now: Date,
): Promise<void> {
  const accounts = await people.findAccounts(guardian.institution, guardian.platform, subs);
  const students = accounts.map(({ person }) => person).filter((person) => person !== guardian.person);
  const until = new Date(now.getTime() + LAUNCH_STANDS_MS);
  await store.replaceWards(guardian, students, until);
}

/** The students this person may see as family now. */
export async function wardsOf(institution: string, guardian: string, now: Date): Promise<string[]> {
  return (await store.listWards(institution, guardian, now)).map(({ student }) => student);
}
