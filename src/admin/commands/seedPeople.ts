import type { PersonFacts } from '../../people/person.ts';

const GIVEN = [
  'Amara',
  'Benedikt',
  'Chiyo',
  'Dmitri',
  'Elif',
  'Farid',
  'Greta',
  'Hamza',
  'Ingrid',
  'Joaquín',
  'Kamala',
  'Leif',
  'Mireille',
  'Nkechi',
  'Orla',
  'Pavel',
  'Quyên',
  'Rafael',
  'Saoirse',
  'Tomás',
] as const;
const FAMILY = [
  'Abernathy',
  'Bakirci',
  'Castellano',
  'Drummond',
  'Eriksen',
  'Fofana',
  'Grünwald',
  'Hosseini',
  'Ivanković',
  'Jandreau',
  'Kalani',
  'Lindqvist',
  'Mwangi',
] as const;

/** The n-th invented person, the same each time; names repeat after 260. Addresses end in .example (RFC 2606). */
export function seedPerson(kind: 'student' | 'advisor', index: number): PersonFacts {
  const sub = `seed-${kind}-${String(index + 1).padStart(7, '0')}`;
  const given = GIVEN[index % GIVEN.length] as string;
  const family = FAMILY[index % FAMILY.length] as string;
  return {
    sub,
    name: `${given} ${family}`,
    given,
    family,
    email: `${sub}@seed.example`,
    sisId: sub.toUpperCase(),
    lmsUserId: null,
    locale: null,
    zone: null,
    testUser: false,
  };
}
