import { findPeople } from './person.service.ts';

/** Names by person id; who is not found is left out, and so are gaps in the ids. */
export async function namesOf(
  institution: string,
  ids: readonly (string | null)[],
): Promise<Map<string, string>> {
  const people = await findPeople(institution, [...new Set(ids.filter((id) => id !== null))]);
  return new Map(people.map(({ id, name }) => [id, name]));
}
