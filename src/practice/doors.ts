import type { MannerHandle, PracticeLms } from './lms.ts';

/** One link of the demo: who opens it, in which LMS, and the address that signs them in there. */
export interface DoorLink {
  as: string;
  name: string;
  manner: string;
  url: string;
}

const ROLES = [
  { as: 'Student', key: 'student01', manners: ['canvas', 'schoology', 'moodle'] },
  { as: 'Advisor', key: 'advisor1', manners: ['canvas', 'schoology', 'moodle'] },
  { as: 'Family', key: 'parent1', manners: ['canvas'] },
  { as: 'Administrator', key: 'admin1', manners: ['canvas'] },
] as const;

/** The links that the demo prints: each goes straight to Waymark inside the advisory course. */
export function doors(lms: PracticeLms): DoorLink[] {
  return ROLES.flatMap(({ as, key, manners }) =>
    manners.map((manner) => doorOf(lms.url, lms.manners[manner], as, key)),
  );
}

function doorOf(base: string, lms: MannerHandle, as: string, key: string): DoorLink {
  const course = lms.courses.find((one) => one.key === 'advisory');
  const inside =
    as === 'Administrator'
      ? `/${lms.manner}/account-tool`
      : `/${lms.manner}/courses/${course?.id ?? ''}/tool`;
  const url = `${base}/${lms.manner}/sign-in?as=${key}&to=${encodeURIComponent(inside)}`;
  return { as, name: lms.person(key).name, manner: lms.manner, url };
}
