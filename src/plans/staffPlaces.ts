import type { MessageKey, Translate } from '../shared/i18n.ts';
import { paths } from '../shared/paths.ts';
import type { PartKey } from './planPart.ts';

/** Where staff reads and works on a part of a student's plan; the others are read on the plan's own page. */
export const STAFF_PLACE: Partial<Record<PartKey, (person: string) => string>> = {
  inventory: paths.studentInterests,
  skills: paths.studentSkills,
  experiences: paths.studentExperiences,
  assessments: paths.studentAssessments,
  coursePlan: paths.studentCourses,
  portfolio: paths.studentPortfolio,
  reviews: paths.studentMeetings,
  coordination: paths.studentCoordination,
};

/** A page about one student beside the overview. */
export interface StaffLink {
  label: string;
  href: string;
  icon: string;
}

const OTHERS: readonly { label: MessageKey; href: (person: string) => string; icon: string }[] = [
  { label: 'overview.more.assign', href: paths.assignToStudent, icon: 'task' },
  { label: 'overview.more.signatures', href: paths.studentSignatures, icon: 'sign' },
  { label: 'overview.more.history', href: paths.studentHistory, icon: 'clock' },
  { label: 'overview.more.print', href: paths.printOf, icon: 'print' },
];

const ICONS: Partial<Record<PartKey, string>> = {
  inventory: 'bulb',
  skills: 'star',
  experiences: 'hand',
  assessments: 'chart',
  coursePlan: 'book',
  portfolio: 'folder',
  reviews: 'cal',
  coordination: 'link',
};

/** Every page about one student, in the plan's order. */
export function staffLinks(t: Translate, person: string): StaffLink[] {
  const parts = Object.entries(STAFF_PLACE) as [PartKey, (person: string) => string][];
  return [
    ...parts.map(([key, href]) => ({
      label: t(`plans.part.${key}`),
      href: href(person),
      icon: ICONS[key] ?? 'file',
    })),
    ...OTHERS.map(({ label, href, icon }) => ({
      label: t(label as 'overview.more.print'),
      href: href(person),
      icon,
    })),
  ];
}
