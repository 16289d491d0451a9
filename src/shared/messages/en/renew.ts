/** A new school year begins: what goes on, what is asked again. */
export const renew = {
  'renew.title': 'Begin your {year} plan',
  'renew.lede':
    'What you wrote stays. You only check whether it is still true, and choose which goals go on.',
  'renew.back': 'Back to my plan',
  'renew.goals': 'Which goals go on this year?',
  'renew.goalsHint':
    'A goal that goes on becomes a new goal to agree on with your advisor. The old one stays in your history.',
  'renew.noGoals': 'You have no open goals. You can add new ones in your plan.',
  'renew.texts': 'What you wrote about yourself',
  'renew.textsBody':
    '{count, plural, =0 {Nothing yet.} one {One text stays.} other {# texts stay.}} In each, say whether it is still true or change it.',
  'renew.yearly': 'What is asked every year',
  'renew.yearlyBody':
    'Your interests, your skills, your courses of this year and a meeting with your advisor.',
  'renew.start': 'Begin {year}',
  'renew.home.title': 'A new school year has begun',
  'renew.home.text': 'This is still your plan of {from}. Begin your {to} plan with what you have.',
  'renew.error.year': 'Your {year} plan is of this school year already.',
  'renew.still.title': 'Is this still true?',
  'renew.still.text':
    'You wrote this in an earlier school year. If it is still true, say so. If not, change it.',
  'renew.still.yes': 'It is still true',
} as const;
