import { Conflict } from '../shared/errors.ts';
import { addInstitution, findInstitutionNamed, listInstitutions } from './institution.store.ts';
import { FIRST_SETTINGS, type Institution } from './institution.ts';

const FIRST_NAME = 'Our school';

/**
 * The school an operator means: the one of that name, made when it is missing; without a name the only
 * one there is, or a first one. @throws Conflict when there are several and none was named.
 */
export async function institutionFor(name: string | undefined, now: Date): Promise<Institution> {
  if (name !== undefined) return (await findInstitutionNamed(name)) ?? addNamed(name, now);
  const all = await listInstitutions();
  if (all.length > 1)
    throw new Conflict(
      `There are ${all.length} schools; say which: ${all.map((one) => `"${one.name}"`).join(', ')}.`,
    );
  return all[0] ?? addNamed(FIRST_NAME, now);
}

function addNamed(name: string, now: Date): Promise<Institution> {
  return addInstitution({ name, ...FIRST_SETTINGS, createdAt: now });
}
