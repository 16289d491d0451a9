import type { CourseRole } from '../courses/course.ts';

/**
 * What the roles of a launch or roster row mean (LTI Core 1.3, A.2; lms.md 1.3). Only membership roles of
 * this context count; an institution or system role gives nothing by itself, an unknown one neither.
 */
export interface RoleMeaning {
  role: CourseRole;
  /** Canvas Student View. */
  testUser: boolean;
  /** An LMS administrator: may be offered the administrator right, never given it. */
  offersAdministrator: boolean;
}

const TEST_USER = 'http://purl.imsglobal.org/vocab/lti/system/person#testuser';
const MEMBERSHIP = 'http://purl.imsglobal.org/vocab/lis/v2/membership';
const OLD_MEMBERSHIP = 'urn:lti:role:ims/lis/';

/** Highest first: a teacher who is also enrolled as a learner is a teacher. */
const ORDER: readonly CourseRole[] = ['assistant', 'teacher', 'student', 'mentor', 'administrator'];

const PRINCIPAL: ReadonlyMap<string, CourseRole> = new Map([
  ['instructor', 'teacher'],
  ['teachingassistant', 'assistant'],
  ['learner', 'student'],
  ['mentor', 'mentor'],
  ['administrator', 'administrator'],
]);

export function meaningOf(roles: readonly string[]): RoleMeaning {
  const known = new Set(roles.map(membershipRole));
  return {
    role: ORDER.find((role) => known.has(role)) ?? 'other',
    testUser: roles.some((role) => role.toLowerCase() === TEST_USER),
    offersAdministrator: roles.some(isAdministrator),
  };
}

/** Full URI, sub-role URI, deprecated URN or short name; case is ignored (Canvas has a misspelt one). */
function membershipRole(role: string): CourseRole | undefined {
  const text = role.toLowerCase();
  if (text.startsWith(`${MEMBERSHIP}/instructor#`))
    return text.endsWith('#teachingassistant') ? 'assistant' : 'teacher';
  if (text.startsWith(`${MEMBERSHIP}/`))
    return PRINCIPAL.get(text.slice(MEMBERSHIP.length + 1).split('#')[0] ?? '');
  if (text.startsWith(`${MEMBERSHIP}#`)) return PRINCIPAL.get(text.slice(MEMBERSHIP.length + 1));
  if (text.startsWith(OLD_MEMBERSHIP))
    return PRINCIPAL.get(text.slice(OLD_MEMBERSHIP.length).split('/')[0] ?? '');
  return PRINCIPAL.get(text);
}

function isAdministrator(role: string): boolean {
  const [vocabulary = '', name] = role.toLowerCase().split('#');
  return (
    name === 'administrator' &&
    /\/lis\/v2\/(institution\/person|membership)$|\/lti\/system\/person$/.test(vocabulary)
  );
}
