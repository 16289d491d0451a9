/** Texts of pages that belong to no feature, and the family's navigation. */
export const site = {
  'nav.family': 'My child',
  'site.nothingHere':
    'Your school’s LMS opened Waymark for you, but did not say that you are a student, a teacher or a family member here. Open it from one of your courses, or ask your school’s administrator.',
} as const;
