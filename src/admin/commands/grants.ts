import { lmsAdministrators } from '../../courses/members.service.ts';
import { listInstitutions } from '../../institutions/institution.store.ts';
import type { Institution } from '../../institutions/institution.ts';
import { institutionFor, institutionNamed } from '../../institutions/institution.service.ts';
import { administratorsOf, grantAdministrator, personNamed } from '../../people/grant.service.ts';
import { findPeople } from '../../people/person.service.ts';
import type { Person } from '../../people/person.ts';
import { listCommand, textOf, type Command, type CommandArgs } from '../command.ts';

const WHO = {
  person: { type: 'string' },
  sis: { type: 'string' },
  email: { type: 'string' },
  name: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const add: Command = {
  name: 'grants add',
  usage: 'grants add [--person ID | --sis SISID | --email ADDRESS] [--name SCHOOL] [--json]',
  options: WHO,
  run: async (args, { now, out }) => {
    const named = textOf(args, 'name');
    // A school is made by its first invite, never by a name mistyped here.
    const school = named === undefined ? await institutionFor(undefined, now) : await institutionNamed(named);
    const person = await personMeant(school.id, args);
    if (person === null) return listCandidates(school, args, out);
    const by = { institution: school.id, person: 'operator', via: null };
    const granted = await grantAdministrator(by, person, now);
    if (args.options['json']) return out(JSON.stringify(shown(granted)));
    out(`${granted.name} administers Waymark at ${school.name} from their next visit on.`);
  },
};

/** @returns a person's id; null when nobody was named. */
async function personMeant(institution: string, args: CommandArgs): Promise<string | null> {
  const [id, sisId, email] = [textOf(args, 'person'), textOf(args, 'sis'), textOf(args, 'email')];
  if (id) return id;
  if (!sisId && !email) return null;
  return (await personNamed(institution, { ...(sisId ? { sisId } : {}), ...(email ? { email } : {}) })).id;
}

/** The first administrator is named by the operator: the LMS's own administrators are offered. */
async function listCandidates(
  { id, name }: Institution,
  args: CommandArgs,
  out: (line: string) => void,
): Promise<void> {
  const candidates = await findPeople(id, await lmsAdministrators(id));
  if (args.options['json']) return out(JSON.stringify(candidates.map(shown)));
  out(
    candidates.length > 0
      ? `Administrators of the LMS who have opened Waymark at ${name}:`
      : `No administrator of the LMS has opened Waymark in a course of ${name} yet.`,
  );
  for (const one of candidates) out(`${one.id}  ${one.sisId ?? '-'}  ${one.email ?? '-'}  ${one.name}`);
  out('Name one: npm run admin -- grants add --person ID (or --sis SISID, or --email ADDRESS)');
}

function shown({ id, name, sisId, email }: Person): Pick<Person, 'id' | 'name' | 'sisId' | 'email'> {
  return { id, name, sisId, email };
}

const list = listCommand({
  name: 'grants list',
  load: async () => {
    const schools = await listInstitutions();
    return (await Promise.all(schools.map(({ id }) => administratorsOf(id)))).flat();
  },
  lines: async (all) =>
    (await Promise.all((await listInstitutions()).map((one) => linesOf(one, all)))).flat(),
  none: 'Nobody administers Waymark yet. Begin with: npm run admin -- grants add',
});

type Granted = Awaited<ReturnType<typeof administratorsOf>>[number];

/** Who administers one school. */
async function linesOf(school: Institution, all: readonly Granted[]): Promise<string[]> {
  const own = all.filter(({ institution }) => institution === school.id);
  const people = await findPeople(
    school.id,
    own.map(({ person }) => person),
  );
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return own.map(({ person, at }) => {
    const since = at.toISOString().slice(0, 10);
    return `${person}  since ${since}  ${names.get(person) ?? '?'}  ${school.name}`;
  });
}

export const grants: readonly Command[] = [add, list];
