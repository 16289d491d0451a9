import type { ItemBank, Item } from '../bank.ts';
import { LETTERS } from '../riasec.ts';

/** Our own questions for grades 6–12, five for each letter: things a student of 11 can picture doing. */
const QUESTIONS = {
  R: [
    'Fix a bike so that it rides again',
    'Grow vegetables from seed',
    'Take a broken machine apart to see what is wrong',
    'Build a shelf or a stage set with real tools',
    'Work outside all day, in any weather',
  ],
  I: [
    'Find out why some plants grow faster than others',
    'Work on a hard puzzle until you have solved it',
    'Look at a drop of pond water under a microscope',
    'Read about how the brain or the stars work',
    'Test an idea and write down what happens',
  ],
  A: [
    'Draw a comic or design a poster',
    'Make up a song, a beat or a dance',
    'Write a story that people want to read to the end',
    'Act in a play or make a short film',
    'Decide how a room or an outfit should look',
  ],
  S: [
    'Help a classmate understand something hard',
    'Listen to a friend who has had a bad day',
    'Look after small children for an afternoon',
    'Show somebody new around the school',
    'Help people who are sick or old',
  ],
  E: [
    'Sell things you made at a school market',
    'Lead a team that has a job to finish',
    'Speak for your group in front of the whole school',
    'Get people to join a club or a good cause',
    'Start a small business with friends',
  ],
  C: [
    'Keep track of who has paid for the class trip',
    'Sort a messy shelf so that anyone can find things',
    'Check a page of numbers for mistakes',
    'Plan a day so that everything happens on time',
    'Put facts into a spreadsheet in the right order',
  ],
} as const;

const SCALE = ['Not at all', 'Not much', 'Maybe', 'Quite a bit', 'Very much'];
const ATTRIBUTION = 'Questions written for Waymark. They may be used with it freely.';

/** Rounds of six, one of each letter, so that no page is about one kind of interest. @param rounds which of the five */
function inRounds(rounds: readonly number[]): Item[] {
  return rounds.flatMap((round) =>
    LETTERS.flatMap((letter) => {
      const text = QUESTIONS[letter][round];
      return text === undefined ? [] : [{ id: `${letter.toLowerCase()}${round + 1}`, text, letter }];
    }),
  );
}

/** The item banks that come with the product. */
export const OWN_BANKS: readonly ItemBank[] = [
  {
    id: 'short-30',
    name: 'Things I would like to do: 30 questions',
    language: 'en',
    scale: SCALE,
    items: inRounds([0, 1, 2, 3, 4]),
    attribution: ATTRIBUTION,
  },
  {
    id: 'quick-12',
    name: 'Things I would like to do: 12 quick questions',
    language: 'en',
    scale: SCALE,
    items: inRounds([1, 3]),
    attribution: ATTRIBUTION,
  },
];
