import { studentNames } from './schoolNames.ts';

// The sample school. Everybody in it is invented; addresses end in .example (RFC 2606).

type PersonKind = 'student' | 'teacher' | 'assistant' | 'parent' | 'administrator' | 'testStudent';
export type CourseRole = 'student' | 'teacher' | 'assistant' | 'observer' | 'testStudent';

/** A person as the school's own student information system knows them; each manner adds its ids. */
export interface SchoolPerson {
  readonly key: string;
  readonly kind: PersonKind;
  readonly given: string;
  readonly family: string;
  readonly username: string;
  readonly email: string | null;
  /** The SIS id, the same in every LMS; null for parents and the test student. */
  readonly sisId: string | null;
  /** Keys of the children, for parents. */
  readonly children: readonly string[];
}

export interface SchoolMember {
  readonly person: string;
  readonly role: CourseRole;
}

export interface SchoolCourse {
  readonly key: string;
  readonly title: string;
  readonly label: string;
  readonly sisId: string;
  readonly members: readonly SchoolMember[];
}

export interface School {
  readonly name: string;
  readonly shortName: string;
  readonly timezone: string;
  readonly term: { readonly name: string; readonly start: string; readonly end: string };
  readonly people: readonly SchoolPerson[];
  readonly courses: readonly SchoolCourse[];
}

interface SchoolSize {
  /** How many students the school has; names repeat with a number after the sixtieth. */
  readonly students?: number;
  /** How many of them are in the advisory course. */
  readonly advisees?: number;
}

function person(
  key: string,
  kind: PersonKind,
  given: string,
  family: string,
  sisId: string | null,
): SchoolPerson {
  return { key, kind, given, family, username: key, email: `${key}@riverbend.example`, sisId, children: [] };
}

function student(index: number): SchoolPerson {
  const [given, family] = studentNames[index % studentNames.length]!;
  const round = Math.floor(index / studentNames.length);
  const number = String(index + 1);
  const made = person(
    `student${number.padStart(2, '0')}`,
    'student',
    given,
    round === 0 ? family : `${family} ${round + 1}`,
    `S-${number.padStart(4, '0')}`,
  );
  // One student has no school e-mail, as happens in every district.
  return number === '17' ? { ...made, email: null } : made;
}

function parent(number: number, given: string, family: string, children: readonly string[]): SchoolPerson {
  const made = person(`parent${number}`, 'parent', given, family, null);
  return { ...made, email: `${made.key}@mail.example`, children };
}

const staff: readonly SchoolPerson[] = [
  person('advisor1', 'teacher', 'Ottilie', 'Brannigan', 'T-1001'),
  person('advisor2', 'teacher', 'Kwabena', 'Asante-Moss', 'T-1002'),
  person('teacher1', 'teacher', 'Marisol', 'Etxeberria', 'T-1003'),
  person('teacher2', 'teacher', 'Lars', 'Thorvaldsen', 'T-1004'),
  person('assistant1', 'assistant', 'Delroy', 'Fenwick', 'T-1101'),
  person('admin1', 'administrator', 'Philippa', 'Okonjo', 'A-0001'),
];

const parents: readonly SchoolPerson[] = [
  parent(1, 'Solange', 'Delacroix-Mbeki', ['student01', 'student29']),
  parent(2, 'Minh', 'Nguyễn', ['student02']),
  parent(3, 'Declan', 'O’Rourke', ['student03']),
];

const testStudent: SchoolPerson = {
  ...person('teststudent', 'testStudent', 'Test', 'Student', null),
  email: null,
};

function members(role: CourseRole, keys: readonly string[]): SchoolMember[] {
  return keys.map((key) => ({ person: key, role }));
}

/** Observers sit in the courses where one of their children is enrolled. */
function observersOf(students: readonly string[]): SchoolMember[] {
  const watching = parents.filter((one) => one.children.some((child) => students.includes(child)));
  return members(
    'observer',
    watching.map((one) => one.key),
  );
}

function course(
  key: string,
  title: string,
  label: string,
  teachers: string[],
  students: string[],
): SchoolCourse {
  return {
    key,
    title,
    label,
    sisId: `${label.replaceAll(' ', '-')}-2026`,
    members: [
      ...members('teacher', teachers),
      ...members('assistant', key === 'advisory' ? ['assistant1'] : []),
      ...members('student', students),
      ...observersOf(students),
      ...members('testStudent', ['teststudent']),
    ],
  };
}

/** Riverbend in another size, for benches: the same staff and courses, more or fewer students. */
export function buildSchool({ students = 60, advisees = 28 }: SchoolSize = {}): School {
  const all = Array.from({ length: students }, (_, index) => student(index));
  const keys = all.map((one) => one.key);
  return {
    name: 'Riverbend High School',
    shortName: 'Riverbend',
    timezone: 'America/Denver',
    term: { name: 'School year 2026-27', start: '2026-08-24', end: '2027-06-11' },
    people: [...staff, ...parents, ...all, testStudent],
    courses: [
      course('advisory', 'Advisory 10', 'ADV 10', ['advisor1', 'advisor2'], keys.slice(0, advisees)),
      course('history', 'World History 10', 'HIST 10', ['teacher1', 'advisor2'], keys),
      course('biology', 'Biology 10', 'BIO 10', ['teacher2'], keys.slice(0, Math.ceil(students * 0.6))),
    ],
  };
}

/** The school of the demo and the tests: about 60 students, 4 teachers, a TA, 3 parents, an administrator. */
export function sampleSchool(): School {
  return buildSchool();
}
