/** Texts of other plans a student may have, and of the page that explains ILP and IEP. */
export const coordination = {
  'coordination.title': 'Other plans for me',
  'coordination.lede':
    'Some students also have an IEP, a 504 or another plan. Here you see whether you do, where it is kept and whom to ask. What is in it stays there.',
  'coordination.back': 'Back to my plan',
  'coordination.checked': 'Last checked on {day} by {name}.',
  'coordination.notChecked': 'Nobody has checked this yet. Your school does it together with you.',
  'coordination.wrong':
    'Is something wrong or missing? Tell your advisor: staff write this page, and you and your family can see it.',
  'coordination.where': 'Where it is kept',
  'coordination.openLink': 'Open where it is kept',
  'coordination.ask': 'Whom to ask',
  'coordination.goals': 'Goals here that go with it',
  'coordination.explain.link': 'ILP and IEP side by side',
  'coordination.kind.iep': 'IEP',
  'coordination.kind.section504': '504 plan',
  'coordination.kind.english': 'English learner plan',
  'coordination.kind.health': 'Health plan',
  'coordination.kind.other': 'Another plan',
  'coordination.about.iep': 'Special education and services for a student with a disability.',
  'coordination.about.section504': 'Changes at school so that a disability does not stand in the way.',
  'coordination.about.english': 'Help for a student who learns English.',
  'coordination.about.health': 'What school staff do about a student’s health.',
  'coordination.about.other': 'For example a plan of a program or an agency outside school.',
  'coordination.chip.yes': 'There is one',
  'coordination.chip.no': 'None',
  'coordination.chip.unknown': 'Not known yet',
  'coordination.exists.yes': 'Yes',
  'coordination.exists.no': 'No',
  'coordination.exists.unknown': 'Not known yet',

  'coordination.staff.title': 'Other plans of {name}',
  'coordination.staff.lede':
    'Say whether there is an IEP, 504 or other plan, where it is kept and whom to ask. Nothing of what is in it.',
  'coordination.staff.sees': 'The student, their family, staff on the caseload',
  'coordination.staff.back': 'Back to {name}',
  'coordination.staff.exists': 'Is there one?',
  'coordination.staff.where': 'Where is it kept?',
  'coordination.staff.whereHint': 'A place, such as “Student services, room 112”, or an https link.',
  'coordination.staff.askName': 'Whom to ask',
  'coordination.staff.askNameHint': 'A person at school who may speak about that plan.',
  'coordination.staff.askRole': 'Their role',
  'coordination.staff.askRoleHint': 'For example: case manager, 504 coordinator, school nurse.',
  'coordination.staff.goals': 'Goals of this plan that go with it',
  'coordination.staff.save': 'I checked this: save',
  'coordination.staff.none': 'None of these',
  'coordination.staff.noneTitle': 'No other plan at all?',
  'coordination.staff.noneHint': 'Answers “No” for every kind.',
  'coordination.staff.why': 'Why so little?',
  'coordination.staff.whyBody':
    'A learning plan is read by more people than an IEP or a health plan. So it says that such a plan exists, and stops there. The printed plan says only that another plan exists and whom to ask.',
  'coordination.told.saved': 'Saved, with today’s date.',
  'coordination.two': 'other plans',
  'coordination.label': '{kind}: {field}',

  'coordination.error.where': 'Say where it is kept.',
  'coordination.error.askName': 'Name a person to ask.',
  'coordination.refused.lines':
    'This has several lines, so it looks like a part of that plan. Only a place, a name or a role goes here; what is in the plan stays where it is kept.',
  'coordination.refused.content':
    'This looks like what is in that plan, and nothing of that is kept here. Only a place, a name or a role goes here, such as “Room 112” or “case manager”.',
  'coordination.refused.list':
    'This looks like a list out of that plan. Only a place, a name or a role goes here; what is in the plan stays where it is kept.',
  'coordination.refused.long':
    'Use {limit, number} characters or fewer. The field is short because only a place, a name or a role goes here, nothing of what is in that plan.',
  'coordination.refused.link': 'Use a link that begins with https.',

  'coordination.part': 'Other plans',
  'coordination.part.exists': 'Another plan exists; ask {names}.',

  'explain.title': 'ILP and IEP side by side',
  'explain.lede':
    'Two plans with names that sound alike. This page says what each one is for, in plain words.',
  'explain.back': 'Help',
  'explain.caption': 'An ILP and an IEP compared',
  'explain.topic': 'What',
  'explain.ilp': 'ILP: Individual Learning Plan',
  'explain.iep': 'IEP: Individualized Education Program',
  'explain.purpose': 'Purpose',
  'explain.purpose.ilp':
    'Helps a student find out who they are and where they want to go, and plan courses, goals and steps that lead there.',
  'explain.purpose.iep':
    'Says which special education and services a school gives a student with a disability, so that the student can learn and make progress.',
  'explain.law': 'Legal framework',
  'explain.law.ilp':
    'No federal law. Some states require one under a name of their own; elsewhere a district or school chooses it. It is a promise to plan together, and gives no right to services.',
  'explain.law.iep':
    'A federal law, the Individuals with Disabilities Education Act (IDEA). The school must provide what the IEP says, and families have rights when they disagree.',
  'explain.eligibility': 'Who has one',
  'explain.eligibility.ilp':
    'Every student in the grades that the state or school names. Nobody has to qualify.',
  'explain.eligibility.iep':
    'A student whose evaluation shows a disability under IDEA and who needs special education because of it.',
  'explain.components': 'What is in it',
  'explain.components.ilp':
    'Strengths, interests and skills; career exploration; academic, career and personal goals with steps; courses set against requirements; a plan for after school; evidence of progress.',
  'explain.components.iep':
    'How the student is doing now; goals for the year that can be measured; special education, services and changes; how progress is reported; how the student takes part in class and in state tests.',
  'explain.team': 'Who makes it',
  'explain.team.ilp':
    'The student, with an advisor, teacher or counselor, and the family. The student writes it.',
  'explain.team.iep':
    'A team the law names: parents, a general and a special education teacher, a school representative, someone who can explain evaluations, others who know the student, and the student where it fits.',
  'explain.review': 'When it is looked at again',
  'explain.review.ilp':
    'As the state or school says, often once or twice a year, and whenever the student’s plans change.',
  'explain.review.iep':
    'At least once a year, and when a parent or the school asks for it. A new evaluation comes at least every three years, unless parents and school agree that it is not needed.',
  'explain.focus': 'Focus',
  'explain.focus.ilp': 'The future: courses, careers, life after school.',
  'explain.focus.iep': 'Learning now: what the student needs at school to make progress.',
  'explain.family': 'The family’s role',
  'explain.family.ilp':
    'Reads it, adds what they know of their child, comes to the meeting, and signs where the state or school asks.',
  'explain.family.iep':
    'Equal members of the team. They are invited in time, must agree before services first begin, get notice of changes, and can ask for a hearing. Rights can pass to the student at the age of majority.',
  'explain.transition': 'Life after school',
  'explain.transition.ilp': 'Part of it from the first year: options, applications, paying for it, a résumé.',
  'explain.transition.iep':
    'By the IEP in effect at age 16, or earlier where the team or state says so: goals for after school and the services that lead there. The student is invited to that meeting.',
  'explain.choosing': 'What to consider',
  'explain.choosing.need':
    'Does the student need special teaching or services because of a disability? Then the question is an evaluation for an IEP or a 504 plan. An ILP does not replace one.',
  'explain.choosing.right':
    'An IEP gives rights that an ILP does not. A family can ask the school for an evaluation, in writing.',
  'explain.choosing.both':
    'It is not one or the other. A student with an IEP can, and in many states must, have an ILP as well.',
  'explain.choosing.together':
    'Where there are both, they should point the same way: goals for after school in the ILP fit the transition goals of the IEP.',
  'explain.choosing.ask':
    'For a question about one student, ask the case manager, the 504 coordinator or the counselor.',
  'explain.too': 'An ILP suits students with disabilities too',
  'explain.too.body':
    'Strengths, interests and goals are for everyone. An ILP lets a student with a disability speak for themselves, plan courses and careers with everyone else, and bring what they wrote to the IEP meeting. It never holds what is in the IEP.',
  'explain.others': 'And a 504 plan?',
  'explain.others.body':
    'Section 504 of the Rehabilitation Act protects students with a disability who may not need special education. A 504 plan says what the school changes so that they can take part as others do.',
  'explain.sources': 'Where this comes from',
  'explain.source.idea':
    'IDEA regulations: 34 CFR 300.320 to 300.324 (what an IEP is, its team, parents, review), and 300.303 (new evaluations)',
  'explain.source.section504': 'Section 504 regulations: 34 CFR Part 104',
  'explain.source.states': 'ILP laws and policies of the states; your school’s plan names the one it follows',
  'explain.note': 'This page explains in general and is no legal advice. States add rules of their own.',
} as const;
