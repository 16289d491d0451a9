/** Texts of the page of one task. */
export const taskPages = {
  'tasks.page.eyebrow': 'Plan task from {advisor}. {course}',
  'tasks.page.advisor': 'your advisor',
  'tasks.page.anAdvisor': 'Your advisor',
  'tasks.page.you': 'You',
  'tasks.page.sees': 'You and your advisors',

  'tasks.chip.opened': 'Not started',
  'tasks.chip.inProgress': 'In progress',
  'tasks.chip.submitted': 'Handed in',
  'tasks.chip.returned': 'Returned: needs a change',
  'tasks.chip.verified': 'Accepted',
  'tasks.chip.excused': 'Excused',
  'tasks.chip.expired': 'Closed',
  'tasks.chip.overdue': 'Overdue',

  'tasks.path.label': 'Where this task is',
  'tasks.path.started': 'Started',
  'tasks.path.handedIn': 'Handed in',
  'tasks.path.returned': 'Returned',
  'tasks.path.accepted': 'Accepted',
  'tasks.path.notYet': 'Not yet',
  'tasks.path.now': 'Now',

  'tasks.fact.due': 'Hand in by',
  'tasks.fact.dueAgain': 'Hand in again by',
  'tasks.fact.wasDue': 'Was due',
  'tasks.fact.dueHere': '{day}, {time}',
  'tasks.fact.dueAt': '{day}, {time} ({zone})',
  'tasks.fact.noDue': 'No due date',
  'tasks.fact.points': 'Points',
  'tasks.fact.pointsLater': '{points, number}, when it is accepted',
  'tasks.fact.pointsAtOnce': '{points, number}, when you hand it in',
  'tasks.fact.pointsGiven': '{given, number} of {points, number}',
  'tasks.fact.pointsNone': 'None. You are excused',
  'tasks.fact.part': 'Part of my plan',

  'tasks.asked.title': '{advisor} asked for a change',
  'tasks.asked.go': 'Go to my work',
  'tasks.said.title': 'What {advisor} said',

  'tasks.todo.title': 'What to do',
  'tasks.todo.minutes': '{minutes, plural, one {About # minute} other {About # minutes}}',
  'tasks.todo.hours': '{hours, plural, one {About # hour} other {About # hours}}',
  'tasks.work.title': 'Your work',
  'tasks.work.empty': 'Nothing written',
  'tasks.work.toFix':
    '{count, plural, one {Your words are kept. Fix this one thing, then hand it in.} other {Your words are kept. Fix these # things, then hand it in.}}',

  'tasks.handIn.title': 'Hand in',
  'tasks.handIn.again': 'Hand in again',
  'tasks.handIn.body': '{advisor} gets it right away. You can take it back until it is opened.',
  'tasks.handIn.bodyCanvas':
    '{advisor} gets it right away, and {lms} shows it as handed in. You can take it back until it is opened.',
  'tasks.handIn.bodyAtOnce': 'Nobody has to accept it: it counts as soon as you hand it in.',
  'tasks.handIn.grade':
    'When it is accepted, your grade out of {points, plural, one {# point} other {# points}} goes to the gradebook in {lms}.',
  'tasks.handIn.gradeAtOnce':
    '{points, plural, one {# point goes} other {# points go}} to the gradebook in {lms} when you hand it in.',
  'tasks.handIn.late': 'It was due {when}. You can still hand it in.',
  'tasks.handIn.button': 'Hand in to {advisor}',
  'tasks.handIn.buttonAtOnce': 'Hand in',
  'tasks.handIn.later': 'Finish later',

  'tasks.next.title': 'What happens next',
  'tasks.next.submitted':
    '{advisor} reads it, then accepts it or asks for a change. You will see the answer here.',
  'tasks.next.takeBack': 'It is not opened yet, so you can take it back and go on writing.',
  'tasks.next.seen': '{advisor} has opened it, so it cannot be taken back any more.',
  'tasks.next.withdraw': 'Take it back',
  'tasks.next.verified':
    'It is accepted: {given, number} of {points, number}. There is nothing left to do here.',
  'tasks.next.verifiedGrade': 'The grade goes to the gradebook in {lms}. That can take a few minutes.',
  'tasks.next.excused': 'You do not have to do this task.',
  'tasks.next.excusedWhy': 'The reason: {reason}',
  'tasks.next.expired': 'This task is closed. Ask {advisor} if you still want to hand it in.',

  'tasks.log.title': 'History',
  'tasks.log.opened': '<b>{who}</b> started it',
  'tasks.log.inProgress': '<b>{who}</b> took it back',
  'tasks.log.submitted': '<b>{who}</b> handed it in',
  'tasks.log.verified': '<b>{who}</b> accepted it',
  'tasks.log.returned': '<b>{who}</b> returned it with a comment',
  'tasks.log.excused': '<b>{who}</b> excused you',
  'tasks.log.expired': 'It was closed',
  'tasks.log.assigned': '<b>{who}</b> assigned it',

  'tasks.two.name': 'your work',
  'tasks.saved.later': 'Your work is saved. Come back and hand it in when it is done.',
  'tasks.saved.handedIn': 'Handed in.',
  'tasks.saved.takenBack': 'You took it back. Change what you like, then hand it in again.',
} as const;
