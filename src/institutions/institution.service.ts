import { record } from '../audit/audit.service.ts';
import { changesBetween } from '../audit/event.ts';
import { Conflict, NotFound } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import {
  addInstitution,
  findInstitution,
  findInstitutionNamed,
  listInstitutions,
  updateInstitution,
} from './institution.store.ts';
import { FIRST_SETTINGS, SETTINGS, type Institution, type SchoolSettings } from './institution.ts';
import { forgetSettings } from './settings.service.ts';

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

/** A school by its id or its name. @throws NotFound */
export async function institutionNamed(idOrName: string): Promise<Institution> {
  const found = (await listInstitutions()).find(({ id, name }) => id === idOrName || name === idOrName);
  if (!found) throw new NotFound(`no school "${idOrName}"`);
  return found;
}

/**
 * Changes a school's settings; other processes follow within seconds. Equal ones change nothing.
 * @param by a person, or `operator`. @throws NotFound
 */
export async function changeSettings(
  by: { institution: string; person: string; via: string | null },
  settings: Partial<SchoolSettings>,
  at: Date,
): Promise<Institution> {
  const { institution, person: actor, via } = by;
  const changed = await inTransaction(async () => {
    const before = await findInstitution(institution);
    const after = before && (await updateInstitution(institution, settings));
    if (!after) throw new NotFound(`institution ${institution}`);
    const changes = changesBetween(before, after, SETTINGS);
    const object = { kind: 'institution', id: institution };
    if (changes.length > 0)
      await record({
        institution,
        actor,
        via,
        action: 'institution.changed',
        subject: null,
        object,
        changes,
        at,
      });
    return after;
  });
  forgetSettings();
  return changed;
}

function addNamed(name: string, now: Date): Promise<Institution> {
  return addInstitution({ name, ...FIRST_SETTINGS, createdAt: now });
}
