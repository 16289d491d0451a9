/** What a student does on the product's own pages, one function a page. */
import { expect } from 'vitest';
import type { ComponentKey } from '../../src/plans/component.ts';
import { paths } from '../../src/shared/paths.ts';
import type { Desk } from '../support/frameDesk.ts';

/** Goes from the list of what is missing to where it is done, as the list's own link leads. */
async function toDo(desk: Desk, key: ComponentKey): Promise<void> {
  await desk.open(paths.missing);
  await desk.press(desk.frame.locator(`[id="m-${key}"] a.btn`));
}

/** Writes every text that a component is made of, and says that each is finished. */
export async function writeTexts(desk: Desk, key: ComponentKey, texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    await toDo(desk, key);
    await desk.frame.locator('textarea[name="text"]').fill(text);
    await desk.frame.getByLabel(/^I(’ve| have) finished/).check();
    await desk.choose('Save and go on');
  }
}

export async function answerInventory(desk: Desk): Promise<void> {
  await toDo(desk, 'self.interests');
  await desk.choose('Start the questions');
  while (new URL(desk.frame.url()).pathname === paths.interestQuestions) {
    const questions = await desk.frame.locator('fieldset.scale-q').all();
    for (const [index, question] of questions.entries())
      await question
        .getByRole('radio')
        .nth(index % 2 === 0 ? 4 : 1)
        .check();
    await desk.press(desk.frame.getByRole('button', { name: /^Save and (go on|see my result)$/ }));
  }
  await desk.frame.getByRole('heading', { name: 'What I like to do' }).waitFor();
}

/** Rates all ten skills: each page leads to the next one. */
export async function rateSkills(desk: Desk): Promise<void> {
  await toDo(desk, 'skills.employability');
  await desk.press(desk.frame.locator('.row a').first());
  while (new URL(desk.frame.url()).pathname !== paths.skills) {
    await desk.frame.getByRole('radio', { name: 'Steady' }).check();
    await desk.frame.getByLabel('What shows it?').fill('I led the warm-up in gym.');
    await desk.choose('Save and go on');
  }
}

/** Saves the first careers of the list, each with a reason. */
export async function saveCareers(desk: Desk, reasons: readonly string[]): Promise<void> {
  for (const [index, why] of reasons.entries()) {
    await toDo(desk, 'career.explore');
    await desk.press(desk.frame.locator('#all .options a').nth(index));
    await desk.frame.getByLabel('Why could it suit you?').fill(why);
    await desk.choose('Save to my list');
  }
}

export async function chooseField(desk: Desk): Promise<void> {
  await toDo(desk, 'career.cluster');
  await desk.choose('Choose a field');
  await desk.frame.getByRole('radio').first().check();
  await desk.frame.getByLabel('Why this one?').fill('I like to make things that work.');
  await desk.choose('Save my field');
}

export async function writeGoal(desk: Desk, key: ComponentKey, kind: string, by: string): Promise<void> {
  const { frame } = desk;
  await toDo(desk, key);
  await frame.getByRole('radio', { name: kind }).check();
  await frame.getByLabel('What do you want to do?').fill(`Build a robot arm (${kind})`);
  await desk.choose('Save and go on');
  await frame.getByLabel('Why does it matter to you?').fill('I want to study engineering.');
  await frame.getByLabel('Where are you now?').fill('I built one from a kit.');
  await frame.getByLabel('How will you know you have done it?').fill('It lifts an egg.');
  await frame.getByLabel('By when?').fill(by);
  await frame.getByLabel('Step 1', { exact: true }).fill('Join the robotics club');
  await frame.getByLabel('What will help 1').fill('Lend me the tools');
  await frame.getByLabel('Who does it 1').fill('Mr. Thorvaldsen');
  await frame
    .locator('#goal-form')
    .getByLabel(/^I(’ve| have) finished/)
    .check();
  await desk.press(frame.locator('#goal-form .finish button.btn-primary'));
}

/** Tells the grade, then plans English in each year that is left. */
export async function planCourses(desk: Desk, grades: readonly number[]): Promise<void> {
  await toDo(desk, 'courses.plan');
  await desk.frame.getByLabel('Which grade are you in this year?').selectOption(String(grades[0]));
  await desk.choose('Save my grade');
  for (const grade of grades) {
    const add = desk.frame.getByRole('link', { name: new RegExp(`English.*Grade ${grade}`, 'i') });
    await desk.press(add.first());
    await desk.press(desk.frame.getByRole('button', { name: new RegExp(`English ${grade}`) }).first());
  }
}

export interface Experience {
  kind: string;
  title: string;
  organisation: string;
  day: string;
}

export async function addExperience(desk: Desk, key: ComponentKey, one: Experience): Promise<void> {
  const { frame } = desk;
  await toDo(desk, key);
  await desk.choose('Add an experience');
  await frame.getByRole('radio', { name: one.kind }).check();
  await frame.getByLabel('What did you do?').fill(one.title);
  await frame.getByLabel('Where, or with whom?').fill(one.organisation);
  await frame.getByLabel('First day').fill(one.day);
  await desk.choose('Go on');
}

/** Logs hours, says what was learned, and sends it to be confirmed. */
export async function sendExperience(desk: Desk, day: string): Promise<void> {
  const { frame } = desk;
  await frame.getByLabel('Day', { exact: true }).fill(day);
  await frame.getByRole('textbox', { name: 'Hours' }).fill('3');
  await desk.choose('Log hours');
  await frame.getByLabel('Their name').fill('Rosa Lindqvist');
  await frame.getByLabel('How can your advisor reach them?').fill('555 0100');
  await frame.getByLabel('What did you learn about work').fill('Being on time matters to people.');
  await desk.press(frame.locator('#about button.btn-primary'));
  await desk.choose('Send to my advisor');
}

export async function chooseAfterSchool(desk: Desk): Promise<void> {
  await toDo(desk, 'postsec.plan');
  await desk.press(desk.frame.locator('.offers a.btn').first());
  await desk.frame.getByLabel('What exactly?').fill('Mechanical engineering');
  await desk.frame.getByLabel('Why could it suit you?').fill('I like machines.');
  await desk.choose('Choose it');
  await desk.frame.getByLabel('A step').fill('Visit an open day');
  await desk.choose('Add the step');
}

export async function makeResume(desk: Desk): Promise<void> {
  await toDo(desk, 'resume');
  await desk.frame.getByRole('checkbox').first().check();
  await desk.choose('Save');
  await desk.choose('See my résumé');
  await desk.choose('I have looked it through');
}

export async function addWords(desk: Desk): Promise<void> {
  const { frame } = desk;
  await toDo(desk, 'portfolio');
  await desk.press(frame.getByRole('link', { name: /^Add evidence/ }).first());
  await desk.choose('Words');
  await frame.getByLabel('What is it?').fill('My lab report');
  await frame.getByLabel('Your words').fill('We measured how far the arm reaches.');
  await frame.getByLabel('What did you learn or do?').fill('Measure twice.');
  await desk.choose('Add to my portfolio');
}

export async function lookBack(desk: Desk): Promise<void> {
  await toDo(desk, 'reflection');
  for (const question of ['What went well?', 'What was hard?', 'What changed?', 'What is next?'])
    await desk.frame.getByLabel(question).fill('My first year here. I found a club.');
  await desk.frame.getByLabel('I have finished my self-review').check();
  await desk.choose('Save and go back');
}

/** What the list still names, by component. */
export async function missingKeys(desk: Desk): Promise<string[]> {
  await desk.open(paths.missing);
  const items = await desk.frame.locator('ul.miss > li').evaluateAll((all) => all.map(({ id }) => id));
  return items.map((id) => id.slice('m-'.length));
}

export async function sign(desk: Desk): Promise<void> {
  await desk.press(desk.frame.getByRole('button', { name: /^Read and sign/ }));
  await desk.frame.getByLabel('I have read this plan and I agree with it').check();
  await desk.press(desk.frame.getByRole('button', { name: /^Sign as / }));
}

/** Every one of the pages above, for all that the year's template asks of a student. */
export async function fillPlan(desk: Desk, day: (from: number) => string): Promise<void> {
  await planCourses(desk, [9, 10, 11, 12]);
  await writeTexts(desk, 'self.strengths', ['I explain well.', 'Starting earlier.', 'Quiet rooms.']);
  await writeTexts(desk, 'self.values', ['Being fair.', 'By doing.']);
  await answerInventory(desk);
  await rateSkills(desk);
  await saveCareers(desk, ['I like robots.', 'I like to draw.', 'I like to help.']);
  await chooseField(desk);
  await writeGoal(desk, 'career.goal', 'Career goal', day(120));
  await writeGoal(desk, 'edu.goal', 'School goal', day(120));
  const where = { organisation: 'City library', day: day(-20) };
  await addExperience(desk, 'wbl', { kind: 'Volunteering', title: 'Library helper', ...where });
  await sendExperience(desk, day(-10));
  await addExperience(desk, 'extracurricular', { kind: 'Club or team', title: 'Robotics club', ...where });
  await chooseAfterSchool(desk);
  await writeTexts(desk, 'finance.literacy', ['I save a part of what I get.']);
  await makeResume(desk);
  await addWords(desk);
  await lookBack(desk);
  expect((await missingKeys(desk)).toSorted()).toEqual([
    'advisorApproval',
    'career.goal',
    'conference',
    'edu.goal',
    'signatures',
    'supports.link',
    'wbl',
  ]);
}
