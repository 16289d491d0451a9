/** A person of one institution: one or several LMS accounts, joined by SIS id or the LMS's second key. */
export interface Person {
  id: string;
  institution: string;
  name: string;
  given: string;
  family: string;
  email: string | null;
  sisId: string | null;
  locale: string | null;
  zone: string | null;
  testUser: boolean;
  createdAt: Date;
}

/** Account: (institution, registration, sub). Never joined by issuer alone, never by e-mail. */
export interface Account {
  id: string;
  institution: string;
  platform: string;
  sub: string;
  person: string;
  /** The LMS's own user id where it has one: Canvas gives another `sub` per course after a merge (lms.md 6). */
  lmsUserId: string | null;
  /** Hash of what each source last said, so that an unchanged launch or roster row writes nothing. */
  fingerprints: Partial<Record<FactSource, string>>;
}

export type FactSource = 'launch' | 'roster';

/** What a launch or a roster row says of a person. Null: it did not say. */
export interface PersonFacts {
  sub: string;
  name: string | null;
  given: string | null;
  family: string | null;
  email: string | null;
  sisId: string | null;
  /** The SIS id came in a custom parameter, which whoever makes a link may write; not in a claim or the roster. */
  sisIdUnsigned?: boolean;
  lmsUserId: string | null;
  locale: string | null;
  zone: string | null;
  testUser: boolean;
}

/** A name to print when the LMS sends none (privacy settings, anonymous launches). */
export function displayName(facts: Pick<PersonFacts, 'name' | 'given' | 'family'>): string {
  const joined = [facts.given, facts.family].filter(Boolean).join(' ');
  return facts.name ?? (joined || 'Name not shared');
}

/** "Okafor, Maya" where the LMS tells both names apart: what lists of people are sorted by. */
export function listName({ name, given, family }: Pick<Person, 'name' | 'given' | 'family'>): string {
  return given && family ? `${family}, ${given}` : name;
}

/** Two letters for the avatar. */
export function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map(
    (word) => word?.match(/\p{L}/u)?.[0] ?? '',
  );
  return letters.join('').toLocaleUpperCase() || '–';
}

/** The stored fields a roster row or launch changes; a fact that was left out never erases one. */
export function knownFacts(facts: PersonFacts): Partial<Person> {
  const { sub: _sub, lmsUserId: _lmsUserId, sisIdUnsigned: _unsigned, ...fields } = facts;
  const named = facts.name || facts.given || facts.family ? { name: displayName(facts) } : {};
  return { ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)), ...named };
}
