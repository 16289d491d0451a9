/** Texts of the small pages: errors, the door, help. Each says what happened and what to do. */
export const system = {
  'system.goHome': 'Go to my plan',
  'system.tryAgain': 'Try again',
  'system.lookAgain': 'Look again',
  'system.help': 'Help',
  'system.backToCourse': 'Back to my course',
  'system.reference': 'If it happens twice, give this number to your school’s help desk:',
  'system.continue': 'Continue',
  'system.moment': 'One moment',

  'system.error.title': 'Something went wrong on our side',
  'system.error.body': 'What was saved before is safe. Try again in a minute.',
  'system.busy.title': 'Too many tries in a short time',
  'system.busy.body': 'Nothing is lost. Wait a minute, then try again.',
  'system.lms.title': 'Your course system did not answer',
  'system.lms.body': 'Waymark asked it and got no answer. Nothing is lost. Try again in a minute.',
  'system.refused.title': 'We could not do that',
  'system.refused.body': 'What was sent was not complete or too large. Go back and try again.',
  'system.conflict.title': 'This has changed since you opened it',

  'system.notFound.title': 'This page is not here',
  'system.notFound.body': 'The link may be old, or the page may belong to someone else’s plan.',

  'system.noAccess.title': 'This is not open to you',
  'system.noAccess.course': 'You are not on this course’s list',
  'system.noAccess.courseBody':
    'Waymark shows plans to the people on the list of {course}. Your name was not on it when we looked.',
  'system.noAccess.joined':
    'Just joined? The list is read again during the day, and each time you open Waymark.',
  'system.noAccess.ask': 'Still not there? Ask the teacher of the course to add you.',

  'system.ended.title': 'You were away for a while, so we signed you out',
  'system.ended.body': 'Go back to your course and open Waymark again. It takes a few seconds.',
  'system.ended.kept': 'What you were writing is still here. Nobody else can see it.',
  'system.ended.keptLabel': 'Not saved yet',
  'system.ended.copy': 'Copy it before you leave this page, then paste it in when you are back.',

  'system.newTab.title': 'Open your plan in a new tab',
  'system.newTab.body':
    'Your browser does not let Waymark sign you in inside this page. That is a privacy setting, and it is fine.',
  'system.newTab.quiet': 'Your plan opens in its own tab. Everything is saved in the same place.',
  'system.newTab.button': 'Open my plan',
  'system.newTab.more': '(opens in a new tab)',
  'system.newTab.foot': 'Nothing opened? Allow pop-ups for your school’s site, then try again.',

  'system.reopen.title': 'Open this again from your course',
  'system.reopen.body':
    'The way in from your course works once, for a few minutes. This one is used up, too old or not complete.',
  'system.reopen.steps': 'Go back to your course and choose Waymark, or the assignment, again.',
  'system.reopen.reference': 'If it happens again, give this number to your school’s help desk:',

  'system.notApproved.title': 'Your school has not switched Waymark on yet',
  'system.notApproved.body': '{platform} asked to connect. A person at the school has to say yes first.',
  'system.notApproved.quiet': 'Nothing is wrong with your account. Try again later, or ask your teacher.',

  'system.offline.title': 'You seem to be offline',
  'system.offline.body': 'Keep this tab open. When the connection is back, try again.',

  'system.two.title': 'Two versions of {name}',
  'system.two.body':
    'It was changed here and in another place. Nothing is lost. Which words do you want to keep?',
  'system.two.legend': 'Which version do you want to keep?',
  'system.two.mine': 'What you sent now',
  'system.two.theirs': 'What is saved',
  'system.two.saved': 'Saved {when}',
  'system.two.keep': 'Keep this one',
  'system.two.back': 'Write it again from both',
  'system.two.empty': 'Nothing written',

  'system.registered.title': 'Waymark is registered',
  'system.registered.body': '{platform} and Waymark know each other now.',
  'system.registered.waits':
    'One step is left: the person who runs Waymark has to approve the connection. Until then it opens for nobody.',
  'system.registered.close': 'Close this window',

  'system.deepLink.title': 'Adding to your course',
  'system.deepLink.body': 'Your choice goes back to the course now.',
  'system.deepLink.button': 'Add to my course',

  'system.storage.title': 'Signing you in',
  'system.storage.body': 'This takes a second or two.',

  'help.title': 'Help',
  'help.lede': 'Short answers to what people ask most.',
  'help.start.title': 'How do I get in?',
  'help.start.body':
    'Open Waymark from your course. There is no other account and no password. If you were signed out, open it from the course again.',
  'help.saved.title': 'Is my work saved?',
  'help.saved.body':
    'Yes. The page saves as you type and says when it last did. If it says “Not saved”, keep the tab open: it tries again by itself.',
  'help.send.title': 'What happens when I send my plan?',
  'help.send.body':
    'Your advisor reads it. It is sent back with comments, or approved. Until your advisor begins, you can take it back.',
  'help.grade.title': 'Where does the grade come from?',
  'help.grade.body':
    'If your teacher turned it on, Waymark sends how far your plan is to the course’s gradebook, with a sentence that says what it is made of.',
  'help.who.title': 'Something is wrong. Who can help?',
  'help.who.body':
    'Ask your teacher first. When a page shows a number, give it to your school’s help desk: it lets them find what happened.',

  'help.more': 'More to read',
  'help.more.ilpAndIep': 'ILP and IEP side by side: what each one is for',

  'whoCanSee.title': 'Who can see my plan?',
  'whoCanSee.lede': 'Every question says who can see the answer. These are the rules behind it.',
  'whoCanSee.you.title': 'You',
  'whoCanSee.you.body': 'You see your whole plan, always, and the list of what changed and who changed it.',
  'whoCanSee.advisor.title': 'Your advisors',
  'whoCanSee.advisor.body':
    'Teachers of a course that your school marked as advisory see the plans of the students on its list. Your other teachers do not, unless the school decided otherwise.',
  'whoCanSee.family.title': 'Your family',
  'whoCanSee.family.body':
    'A family member who is linked to you sees the parts that are marked for family, and nothing else.',
  'whoCanSee.school.title': 'Your school',
  'whoCanSee.school.body':
    'A few people who run Waymark at your school can see plans to help you. Each look is written down.',
  'whoCanSee.others.title': 'Other students and other schools',
  'whoCanSee.others.body': 'Nobody else. Leaving a course’s list ends what its teachers can see.',

  'accessibility.title': 'Accessibility',
  'accessibility.lede': 'Waymark is for every student. This is what we aim for and what to do when it fails.',
  'accessibility.aim.title': 'What we aim for',
  'accessibility.aim.body':
    'The Web Content Accessibility Guidelines (WCAG) 2.2 at level AA. Pages are tested with axe and by keyboard in a browser each time Waymark changes.',
  'accessibility.works.title': 'What you can count on',
  'accessibility.works.keyboard':
    'Everything works with a keyboard, and you can always see where you are on the page.',
  'accessibility.works.zoom': 'Text can be made four times as large without scrolling sideways.',
  'accessibility.works.colour': 'Nothing is said by colour alone. High-contrast settings are followed.',
  'accessibility.works.script': 'Pages and forms work without script.',
  'accessibility.tell.title': 'When something does not work for you',
  'accessibility.tell.body':
    'Tell your teacher or your school’s help desk which page it was. You may ask for the same information in another form.',
} as const;
