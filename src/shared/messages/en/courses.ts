/** Texts of the course list and a course's page: roster, grade columns, grades. */
export const courses = {
  'courses.lms.canvas': 'Canvas',
  'courses.lms.schoology': 'Schoology',
  'courses.lms.moodle': 'Moodle',
  'courses.lms.generic': 'your LMS',
  'courses.inLms': '{title} ({lms})',

  'courses.title': 'Courses',
  'courses.lede':
    'The courses where Waymark is open and you teach. A course appears here when somebody opens Waymark in it.',
  'courses.ledeAll': 'All courses of your school where Waymark was opened.',
  'courses.empty.title': 'No courses yet',
  'courses.empty.body': 'Open Waymark once from a course you teach. From then on the course is here.',
  'courses.advisory': 'Advisory',
  'courses.list': 'My courses',
  'courses.listAll': 'All courses',
  'courses.rowHint':
    '{lms}. {students, plural, =0 {No students yet} one {# student} other {# students}}. {roster}',

  'courses.eyebrow': '{lms} course{advisory, select, true {, advisory} other {}}',
  'courses.connected': 'Connected to {lms}',
  'courses.notConnected': 'Not connected',
  'courses.caseload': 'See the caseload',
  'courses.assign.title': 'Assign a plan task',
  'courses.assign.canvas':
    'In Canvas: Assignments, the menu with three dots, Waymark. Or: + Assignment, Submission type External Tool, Find, Waymark.',
  'courses.assign.schoology': 'In Schoology: Add Materials, Add Assignment, the puzzle piece, Waymark.',
  'courses.assign.moodle': 'In Moodle: Edit mode, Add an activity, Waymark, Select content.',
  'courses.assign.generic':
    'In your LMS: add an assignment or activity, choose Waymark as the tool, and select content.',

  'courses.plan.title': 'Learning plan grade',
  'courses.plan.body':
    'Send each student’s plan to {lms} as a grade out of 100, from the first time they send the plan to you. Only in this course.',
  'courses.plan.switch': 'Learning plan grade: ',
  'courses.plan.on': 'On',
  'courses.plan.off': 'Off',
  'courses.plan.save': 'Save',
  'courses.plan.offNote': 'If you turn it off, grades already in {lms} stay there.',
  'courses.plan.onlyAdvisor': 'Advisors turn it on and off. This course is not an advisory course.',
  'courses.plan.noGradebook':
    '{lms} has not given Waymark access to this course’s gradebook, so no grade can be sent. Ask your administrator.',

  'courses.columns.title': 'Grade columns in {lms}',
  'courses.columns.lede': 'Made by Waymark in this course',
  'courses.columns.none': 'None yet. Turn the plan grade on, or assign a plan task.',
  'courses.columns.plan': 'Learning plan',
  'courses.columns.planSub': '100 points. Whole year',
  'courses.columns.sub':
    '{points, number} {points, plural, one {point} other {points}}{due, select, none {} other {. Due {due}}}',
  'courses.columns.failed': '{count, number} not sent',
  'courses.columns.waiting': '{count, number} waiting',
  'courses.columns.sent': 'All sent',
  'courses.columns.nothing': 'Nothing sent yet',
  'courses.columns.notOpened': 'Not opened yet',
  'courses.columns.inside': 'Inside Waymark, no column',
  'courses.assign.here': 'Give a task inside Waymark',
  'courses.columns.off': 'Off',

  'courses.roster.title': 'Roster',
  'courses.roster.chip.never': 'Not read yet',
  'courses.roster.chip.running': 'Reading',
  'courses.roster.chip.complete': 'Up to date',
  'courses.roster.chip.failed': 'Could not be read',
  'courses.roster.chip.needsAPerson': 'Please look',
  'courses.roster.chip.none': 'Not shared',
  'courses.roster.students': 'Students',
  'courses.roster.teachers': 'Teachers',
  'courses.roster.observers': 'Family observers',
  'courses.roster.never': 'The roster has not been read yet. That happens in about a minute.',
  'courses.roster.running': 'Waymark is reading the roster now. Look again in a minute.',
  'courses.roster.complete':
    'Last read: {when}. {count, plural, one {# person} other {# people}}. We read it every night.',
  'courses.roster.failed': '{why} Last try: {when}. Nothing was changed: everybody is as they were.',
  'courses.roster.none':
    '{lms} does not share this course’s roster with Waymark. People appear here when they open Waymark.',
  'courses.roster.now': 'Read the roster now',
  'courses.roster.half.title': 'Half of this course is gone',
  'courses.roster.half.body':
    '{lms} now lists {count, plural, one {# person} other {# people}}: less than half of those Waymark knows. Nobody was taken out of the course. Is the new list right?',
  'courses.roster.half.yes': 'Yes, use it',
  'courses.roster.half.again': 'No, read it again',
  'courses.roster.why.unreachable': '{lms} could not be reached.',
  'courses.roster.why.timeout': '{lms} took too long to answer.',
  'courses.roster.why.busy': '{lms} was busy.',
  'courses.roster.why.notAllowed':
    '{lms} does not let Waymark read this roster. Ask your administrator to allow it.',
  'courses.roster.why.gone': '{lms} no longer has this course, or it has ended.',
  'courses.roster.why.badAnswer': '{lms} sent a list that could not be read to its end.',
  'courses.roster.why.blocked': '{lms} sent us to an address that is not its own.',
  'courses.roster.why.other': '{lms} had a problem of its own.',

  'courses.grades.title': 'Grades sent to {lms}',
  'courses.grades.tiles': 'Grade states',
  'courses.grades.none':
    'No grade has been sent from this course yet. The first one goes out when a student sends the plan, or when you accept a task.',
  'courses.grades.noneHere': 'No grade is in this state now.',
  'courses.grades.student': 'Student',
  'courses.grades.column': 'Column',
  'courses.grades.score': 'Score',
  'courses.grades.state': 'State',
  'courses.grades.why': 'Why',
  'courses.grades.retry': 'Try again',
  'courses.grades.retryOf': 'to send the grade of {name}',
  'courses.grades.retryAll': 'Try {count, plural, one {# grade} other {all # grades}} again',
  'courses.grades.problem': '{count, plural, one {One grade} other {# grades}} did not reach {lms}',
  'courses.grades.problemBody': 'Students see the right score here.',
  'courses.grades.someone': 'Somebody who is no longer known',
  'courses.grades.showing': 'The first {count, number} are shown, those that need a person first.',

  'courses.done.roster': 'The roster is being read. Look again in a minute.',
  'courses.done.planOn':
    'The plan grade is on. {count, plural, =0 {Nobody has sent a plan yet.} one {One grade is on its way.} other {# grades are on their way.}}',
  'courses.done.planOff': 'The plan grade is off. Nothing more is sent.',
  'courses.done.retry':
    '{count, plural, =0 {Nothing had to be sent again.} one {One grade is on its way again.} other {# grades are on their way again.}}',
} as const;
