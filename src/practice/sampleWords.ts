/** What invented students of Riverbend write in their plans: one theme is one student's interest. */
import type { ExperienceKind } from '../experiences/experience.ts';
import type { GoalKind } from '../goals/goal.ts';
import type { Letter } from '../inventory/riasec.ts';
import type { SkillKey } from '../skills/skill.ts';

export interface SampleGoal {
  kind: GoalKind;
  statement: string;
  why: string;
  baseline: string;
  measure: string;
  target: { from: number; to: number; unit: string };
  strategies: string;
  supports: { what: string; who: string }[];
  steps: string[];
}

export interface SampleTheme {
  strengths: string;
  improvements: string;
  interests: string;
  goals: readonly SampleGoal[];
  /** The strongest interests first. */
  letters: readonly [Letter, Letter, Letter];
  cluster: { id: string; why: string };
  careers: readonly { id: string; why: string }[];
  programme: { id: string; why: string };
  experience: {
    kind: ExperienceKind;
    title: string;
    organisation: string;
    supervisor: { name: string; contact: string };
    reflection: string;
    skills: SkillKey[];
    hours: readonly { daysAgo: number; hours: number; note: string }[];
  };
  work: readonly { title: string; text: string; reflection: string }[];
  /** Courses of their own choice, beside the ones that everybody takes. */
  electives: readonly { code: string; grade: number }[];
}

const machines: SampleTheme = {
  strengths:
    'I take things apart and can put them back together. When a group is stuck I draw the idea, and then we can talk about it. My aunt says I am patient with stubborn screws.',
  improvements:
    'I start more projects than I finish. I want to write down what I do, so that I can go on after a week. I also ask for help too late.',
  interests:
    'Robots, bikes and how factories work. I like days with my hands busy. Next year I would like to try drawing parts on a computer.',
  goals: [
    {
      kind: 'career',
      statement: 'Build a robot arm for the spring science fair',
      why: 'I want to find out whether I like making machines when it takes longer than a weekend.',
      baseline: 'I can build from a kit. I have never drawn my own parts.',
      measure: 'The arm picks up three different things and puts them into a box.',
      target: { from: 0, to: 3, unit: 'things' },
      strategies: 'One afternoon a week in the lab, and a page of notes each time.',
      supports: [{ what: 'Open the lab on Tuesdays', who: 'Robotics teacher' }],
      steps: [
        'Join the robotics club',
        'Draw the arm and list its parts',
        'Order parts',
        'Build the gripper',
      ],
    },
    {
      kind: 'academic',
      statement: 'Raise my geometry grade from a C to a B',
      why: 'Every drawing of a machine is geometry, and I guess too much.',
      baseline: 'C in the last two units, most points lost in proofs.',
      measure: 'B or better on the next two unit tests.',
      target: { from: 0, to: 2, unit: 'tests' },
      strategies: 'Do the proof questions first, while I am awake.',
      supports: [{ what: 'Study table before the test', who: 'Math teacher' }],
      steps: ['Go to study table twice a week', 'Redo the two old tests'],
    },
  ],
  letters: ['R', 'I', 'C'],
  cluster: { id: 'manufacturing', why: 'You see at the end of the day what you made.' },
  careers: [
    {
      id: 'mechanical-engineer',
      why: 'You draw it, build it, break it and make it better. That is what I do anyway.',
    },
    { id: 'machinist', why: 'I like measuring exactly, and you can learn it while you are paid.' },
    { id: 'electrician', why: 'My uncle does this and no two days are the same.' },
  ],
  programme: { id: 'bachelor-engineering', why: 'It keeps both doors open: building and designing.' },
  experience: {
    kind: 'volunteering',
    title: 'Bike repair at the library',
    organisation: 'Riverbend Public Library',
    supervisor: { name: 'Jo Abernathy', contact: 'library@riverbend.example' },
    reflection:
      'People bring bikes that others would throw away. I learned to explain what is broken before I fix it, and that a clean chain solves half of it.',
    skills: ['problemSolving', 'communication'],
    hours: [
      { daysAgo: 12, hours: 3, note: 'Brakes and chains' },
      { daysAgo: 5, hours: 2.5, note: 'Taught two sixth graders to patch a tire' },
    ],
  },
  work: [
    {
      title: 'Gripper, second try',
      text: 'The first gripper let the cup slip. I glued strips of a bike tube to both fingers and made them a little longer. Now it holds a cup, a pen and, on good days, an egg.',
      reflection:
        'I tried three designs. Next time I would test one thing at a time, so that I know what helped.',
    },
    {
      title: 'Lab report: how much weight a bridge holds',
      text: 'We built four paper bridges and loaded them with coins. The folded one held eleven times more than the flat one. We think that the folds work like beams.',
      reflection: 'I did the measuring twice because our first numbers made no sense. They were wrong.',
    },
  ],
  electives: [
    { code: 'ENGR 1', grade: 10 },
    { code: 'ROBO 1', grade: 11 },
    { code: 'ROBO 2', grade: 12 },
    { code: 'PHYS', grade: 12 },
  ],
};

const care: SampleTheme = {
  strengths:
    'I notice when somebody is not all right, and I stay calm. I speak Vietnamese with my grandparents and explain their letters to them.',
  improvements: 'I say yes to everything and then I am tired. I want to plan my week on Sunday evening.',
  interests:
    'How the body works, first aid, and cooking for many people. I would like to see a hospital from the inside.',
  goals: [
    {
      kind: 'career',
      statement: 'Spend two days with a nurse before summer',
      why: 'I think I want this work. I have only seen it on TV.',
      baseline: 'I have a first-aid card from the swim club.',
      measure: 'Two days of shadowing, with a page of notes for each.',
      target: { from: 0, to: 2, unit: 'days' },
      strategies: 'Ask three places, not one.',
      supports: [{ what: 'A letter from the school', who: 'Advisor' }],
      steps: ['Write the letter', 'Call the clinic and the hospital', 'Ask for days off'],
    },
    {
      kind: 'academic',
      statement: 'Finish biology with an A',
      why: 'Nursing programs look at science grades first.',
      baseline: 'B+ in the first quarter.',
      measure: 'Final grade in Biology 10.',
      target: { from: 87, to: 93, unit: 'percent' },
      strategies: 'Flash cards on the bus.',
      supports: [{ what: 'Lend me the old lab reports', who: 'Biology teacher' }],
      steps: ['Make cards for each unit', 'Ask for the lab report rubric'],
    },
  ],
  letters: ['S', 'I', 'C'],
  cluster: { id: 'health', why: 'People need you, and you never stop learning.' },
  careers: [
    { id: 'registered-nurse', why: 'You know a lot and you are close to people.' },
    { id: 'physical-therapist', why: 'I saw how my grandfather learned to walk again.' },
  ],
  programme: { id: 'associate-nursing', why: 'Two years, close to home, and I can go on later.' },
  experience: {
    kind: 'volunteering',
    title: 'Reading afternoons at Cedar House',
    organisation: 'Cedar House care home',
    supervisor: { name: 'Renata Solberg', contact: 'volunteers@cedarhouse.example' },
    reflection:
      'I learned to sit still and to listen to the same story twice. Asking about music works best.',
    skills: ['communication', 'reliability'],
    hours: [
      { daysAgo: 20, hours: 2, note: 'Reading' },
      { daysAgo: 13, hours: 2, note: 'Reading and tea' },
      { daysAgo: 6, hours: 2, note: 'Played cards' },
    ],
  },
  work: [
    {
      title: 'What I learned about sleep',
      text: 'I asked twenty students how long they slept and how awake they felt in first period. Most said under seven hours. The ones with a phone in bed slept an hour less.',
      reflection: 'Twenty people are not many. I would ask different grades next time.',
    },
  ],
  electives: [{ code: 'CHEM', grade: 11 }],
};

const words: SampleTheme = {
  strengths:
    'I write fast and I like asking questions. People tell me things. I am good at finding the one sentence that matters.',
  improvements: 'I argue to win. I want to repeat what the other person said before I answer.',
  interests: 'News, podcasts, hurling, and why people believe what they believe.',
  goals: [
    {
      kind: 'career',
      statement: 'Publish four pieces in the school paper',
      why: 'I want work that strangers have read, not only my teacher.',
      baseline: 'One letter to the editor, last year.',
      measure: 'Pieces with my name in the paper.',
      target: { from: 0, to: 4, unit: 'pieces' },
      strategies: 'Pitch two ideas at each meeting.',
      supports: [{ what: 'Tell me when a piece is dull', who: 'Editor of the paper' }],
      steps: ['Go to the first meeting', 'Interview the cafeteria staff', 'Write about the new bus times'],
    },
  ],
  letters: ['A', 'E', 'S'],
  cluster: { id: 'arts', why: 'I want to make things that people read or hear.' },
  careers: [
    { id: 'journalist', why: 'You may ask anybody anything.' },
    { id: 'librarian', why: 'You help people find out what is true.' },
  ],
  programme: { id: 'certificate-media', why: 'Short, and I would leave with a real podcast.' },
  experience: {
    kind: 'club',
    title: 'School newspaper',
    organisation: 'Riverbend High School',
    supervisor: { name: '', contact: '' },
    reflection: 'Deadlines are kinder than I thought.',
    skills: ['communication', 'planning'],
    hours: [{ daysAgo: 8, hours: 1.5, note: 'Interview' }],
  },
  work: [
    {
      title: 'Who cooks our lunch',
      text: 'At 5:40 in the morning the lights in the kitchen are the only ones on. Three people make four hundred lunches, and they know who does not like tomatoes.',
      reflection: 'I cut it from 900 words to 400. It got better every time.',
    },
  ],
  electives: [{ code: 'MEDIA', grade: 11 }],
};

const computing: SampleTheme = {
  strengths: 'I keep trying until the program runs. I can explain a bug to somebody who does not code.',
  improvements: 'My writing is short. Teachers say “more”, and I do not know more of what.',
  interests: 'Games, maps, and how a phone knows where it is.',
  goals: [
    {
      kind: 'career',
      statement: 'Make an app that shows when the bus really comes',
      why: 'I wait twenty minutes a day, and so do my friends.',
      baseline: 'I can write small games.',
      measure: 'Ten students use it in one week.',
      target: { from: 0, to: 10, unit: 'students' },
      strategies: 'Begin with one bus line.',
      supports: [{ what: 'Ask the city for its data', who: 'Computer science teacher' }],
      steps: ['Find the timetable data', 'Show one bus on a map', 'Let three friends try it'],
    },
  ],
  letters: ['I', 'C', 'R'],
  cluster: { id: 'digital', why: 'I can build things without buying material.' },
  careers: [
    { id: 'software-developer', why: 'I forget the time when I code.' },
    { id: 'cybersecurity-analyst', why: 'It is like a puzzle that plays against you.' },
  ],
  programme: { id: 'bachelor-computing', why: 'I want to understand it, not only use it.' },
  experience: {
    kind: 'club',
    title: 'Coding club',
    organisation: 'Riverbend High School',
    supervisor: { name: '', contact: '' },
    reflection: 'Reading other people’s code is hard and useful.',
    skills: ['digital', 'teamwork'],
    hours: [{ daysAgo: 9, hours: 2, note: 'Hour of maps' }],
  },
  work: [],
  electives: [{ code: 'CS', grade: 10 }],
};

const nature: SampleTheme = {
  strengths:
    'I am outside in any weather and I remember plants and birds. I am reliable: I have fed our animals every morning since I was eight.',
  improvements:
    'Speaking in front of the class. I want to do it once a month so that it stops being special.',
  interests: 'Rivers, farming without poison, and why some years are dry.',
  goals: [
    {
      kind: 'personal',
      statement: 'Speak in front of people five times this year',
      why: 'I know things that nobody hears from me.',
      baseline: 'Once, and I read from the paper.',
      measure: 'Talks of three minutes or more, without reading.',
      target: { from: 1, to: 5, unit: 'talks' },
      strategies: 'Begin with my advisory group.',
      supports: [{ what: 'Sit in the first row and nod', who: 'My cousin' }],
      steps: ['Talk about our creek in advisory', 'Present the lab report', 'Speak at the club fair'],
    },
    {
      kind: 'career',
      statement: 'Test the water of our creek for a whole season',
      why: 'I want to know whether the fish come back.',
      baseline: 'Two tests in summer with a kit from the store.',
      measure: 'One test each week, written down.',
      target: { from: 2, to: 20, unit: 'tests' },
      strategies: 'Same place, same day, same time.',
      supports: [{ what: 'Borrow the good kit', who: 'Biology teacher' }],
      steps: ['Get the kit', 'Make the sheet', 'Show the first curve'],
    },
  ],
  letters: ['R', 'I', 'S'],
  cluster: { id: 'energy', why: 'Clean water and clean power are the same fight.' },
  careers: [
    { id: 'environmental-scientist', why: 'You are outside and you find out things that matter.' },
    { id: 'water-operator', why: 'Every town needs somebody who knows its water.' },
    { id: 'farm-manager', why: 'My family does it, and I would do some things differently.' },
  ],
  programme: { id: 'bachelor-environment', why: 'It has a field station on a river.' },
  experience: {
    kind: 'service',
    title: 'Creek cleanup',
    organisation: 'Friends of Alder Creek',
    supervisor: { name: 'Tobias Wren', contact: 'hello@aldercreek.example' },
    reflection:
      'Forty bags in one morning. I asked where the trash comes from, and now we watch the storm drains.',
    skills: ['teamwork', 'leadership'],
    hours: [
      { daysAgo: 16, hours: 4, note: 'Cleanup day' },
      { daysAgo: 9, hours: 2, note: 'Counting what we found' },
    ],
  },
  work: [
    {
      title: 'Water log, first six weeks',
      text: 'The water is clearest on Mondays. After rain there is more soil in it for two days. Oxygen was lowest in the warm week.',
      reflection: 'Writing it down every week is the hard part, not the testing.',
    },
  ],
  electives: [{ code: 'ENV', grade: 10 }],
};

const kitchen: SampleTheme = {
  strengths: 'I can feed forty people and stay friendly. I know what things cost.',
  improvements: 'Being on time for first period. My alarm is not the problem.',
  interests: 'Food, markets, and small businesses that last.',
  goals: [
    {
      kind: 'career',
      statement: 'Run a stall at the winter market and earn its cost back',
      why: 'I want to know whether I could have my own place one day.',
      baseline: 'I helped at my uncle’s stall twice.',
      measure: 'Dollars earned after paying for everything.',
      target: { from: 0, to: 120, unit: 'dollars' },
      strategies: 'Three things on the menu, not ten.',
      supports: [{ what: 'Check my list of costs', who: 'Business teacher' }],
      steps: ['Ask for the permit', 'Write down all costs', 'Try the recipes on my class'],
    },
  ],
  letters: ['E', 'S', 'R'],
  cluster: { id: 'hospitality', why: 'I like it when people come back.' },
  careers: [
    { id: 'chef', why: 'I think in recipes.' },
    { id: 'small-business-owner', why: 'I want to decide things and carry them.' },
  ],
  programme: { id: 'certificate-culinary', why: 'One year, and you work while you learn.' },
  experience: {
    kind: 'employment',
    title: 'Saturdays at the bakery',
    organisation: 'Northside Bakery',
    supervisor: { name: 'Idris Falk', contact: 'northside@bakery.example' },
    reflection: 'Work starts at five. I learned that a tidy table is faster than fast hands.',
    skills: ['reliability', 'adaptability'],
    hours: [
      { daysAgo: 15, hours: 5, note: 'Shop' },
      { daysAgo: 8, hours: 5, note: 'Shop and oven' },
    ],
  },
  work: [],
  electives: [{ code: 'MEDIA', grade: 12 }],
};

const stage: SampleTheme = {
  strengths: 'I hear when something is out of tune, also between people. I practice without being told.',
  improvements: 'I leave math until late in the evening, and then it takes twice as long.',
  interests: 'Sound, stage lights, choir, and old synthesizers.',
  goals: [
    {
      kind: 'personal',
      statement: 'Run the sound for the spring musical',
      why: 'I want to be trusted with something that can go wrong in front of everybody.',
      baseline: 'I have carried cables.',
      measure: 'Shows that I mix by myself.',
      target: { from: 0, to: 3, unit: 'shows' },
      strategies: 'Sit beside the board at every rehearsal.',
      supports: [{ what: 'Let me mix one song', who: 'Stage manager' }],
      steps: ['Learn the names on the board', 'Mix one rehearsal', 'Write the cue list'],
    },
  ],
  letters: ['A', 'R', 'C'],
  cluster: { id: 'arts', why: 'I want to stand behind the curtain.' },
  careers: [
    { id: 'audio-video-technician', why: 'It is the job that I watch during concerts.' },
    { id: 'event-planner', why: 'I like it when a hundred small things fit.' },
  ],
  programme: { id: 'certificate-media', why: 'They have a real studio.' },
  experience: {
    kind: 'club',
    title: 'Stage crew',
    organisation: 'Riverbend High School',
    supervisor: { name: '', contact: '' },
    reflection: 'Nobody sees us when it goes well.',
    skills: ['teamwork', 'reliability'],
    hours: [{ daysAgo: 7, hours: 3, note: 'Lights for the assembly' }],
  },
  work: [],
  electives: [{ code: 'CHOIR', grade: 10 }],
};

export const THEMES = { machines, care, words, computing, nature, kitchen, stage } as const;
export type ThemeName = keyof typeof THEMES;

/** First sentences of students who have only just begun. */
export const FIRST_WORDS = [
  'I am good at making people laugh when a day is long.',
  'I finish what I start, also when it is boring.',
  'I know a lot about trains, and I can find my way in any town.',
  'I can wait. I listen before I say something.',
] as const;
