import { describe, expect, test } from 'vitest';
import { gradeStatusesOf } from '../../../src/jobs/gradeStatus.service.ts';
import { listOfPerson } from '../../../src/jobs/outbox.store.ts';
import type { Actor } from '../../../src/people/actor.ts';
import type { Answer, Visitor } from '../../../src/practice/visitor.ts';
import { paths } from '../../../src/shared/paths.ts';
import { prepareLinks, type LinkChoice } from '../../../src/tasks/link.service.ts';
import { getTask, openTask } from '../../../src/tasks/task.service.ts';
import {
  excuseTask,
  returnTask,
  startTaskReview,
  verifyTask,
} from '../../../src/tasks/taskReview.service.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

const WHOLE = {
  who: 'A machine fitter',
  learned: 'He starts at six and walks five miles a day. The training took two years and was paid for.',
  surprise: 'He writes reports every day.',
};

const versionIn = ({ text }: Answer): string => /data-version="(\d+)"/.exec(text)?.[1] ?? '';

interface Opened {
  visitor: Visitor;
  student: Actor;
  advisor: Actor;
  link: string;
  task: string;
}

/** A task placed by an advisor and opened by a student, who looks at it. */
async function opened(key: string, choice: Partial<LinkChoice> = {}): Promise<Opened> {
  const { institution } = school;
  const visitor = await school.as(key);
  const student: Actor = { institution, person: await school.person(key), role: 'student', via: null };
  await school.as('advisor1');
  const advisor: Actor = { ...student, person: await school.person('advisor1'), role: 'advisor' };
  const course = await school.course('advisory');
  const choices = [{ template: 'career-interview', ...choice }];
  const [link] = await prepareLinks(advisor, course, choices, new Date());
  const task = await openTask(student, link?.id ?? '', new Date());
  return { visitor, student, advisor, link: link?.id ?? '', task: task.id };
}

async function handedIn(key: string): Promise<Opened> {
  const it = await opened(key);
  const version = versionIn(await it.visitor.get(paths.task(it.task)));
  await it.visitor.post(paths.handIn(it.task), { ...WHOLE, _version: version });
  return it;
}

describe('the page of a task', () => {
  test('shows only that task: what to do, the questions, when and for how much, and the ways out', async () => {
    const due = new Date('2099-10-10T05:59:59Z');
    const { visitor, task } = await opened('student02', { dueAt: due });
    const { status, text } = await visitor.get(paths.task(task));
    expect(status).toBe(200);
    expect(text).toContain('Plan task from Ottilie Brannigan. Advisory 10');
    expect(text).toContain('Ask at least five questions.');
    expect(text).toContain('Friday, October 9, 11:59 PM');
    expect(text).toContain('10, when it is accepted');
    expect(text).toContain('goes to the gradebook in Canvas');
    expect(text).toContain('Hand in to Ottilie Brannigan');
    const links = [...text.matchAll(/<a [^>]*href="(\/[^"]*)"/g)].map(([, href]) => href);
    expect(links).toEqual([paths.plan, paths.help, paths.whoCanSee, paths.accessibility]);
    expect(text).toContain('Back to my course');
  });

  test('of a template that needs no person counts at once', async () => {
    const { visitor, student, task } = await opened('student02', { template: 'meeting-prep' });
    const page = await visitor.get(paths.task(task));
    expect(page.text).toContain('it counts as soon as you hand it in');
    const text = 'I learned to plan my week and to ask for help early.';
    const answers = { well: text, hard: text, questions: text, _version: versionIn(page) };
    const after = await visitor.post(paths.handIn(task), answers);
    expect(after.text).toContain('It is accepted: 5 of 5.');
    const [grade] = await gradeStatusesOf(student.institution, student.person);
    expect(grade).toMatchObject({ item: { kind: 'task' } });
  });

  test('is another student’s or staff’s to ask for in vain', async () => {
    const { task } = await opened('student03');
    const other = await school.as('student04');
    const advisor = await school.as('advisor1');
    expect((await other.get(paths.task(task))).status).toBe(404);
    expect((await advisor.get(paths.task(task))).status).toBe(403);
    expect((await other.get(paths.task('nonsense'))).status).toBe(404);
    await other.get(paths.newGoal);
    expect((await other.post(paths.handIn(task), WHOLE)).status).toBe(404);
  });
});

describe('writing', () => {
  test('is saved as it is typed; two tabs lose no word', async () => {
    const { visitor, student, task } = await opened('student05');
    const old = versionIn(await visitor.get(paths.task(task)));
    const autosave = (fields: Record<string, string>, version: string | number) =>
      visitor.post(paths.task(task), fields, {
        headers: { 'x-autosave': '1', 'if-match': `"${version}"` },
      });
    const first = await autosave({ learned: 'Tab A', surprise: '', who: '' }, old);
    expect(JSON.parse(first.text)).toMatchObject({ version: Number(old) + 1 });
    const refused = await autosave({ learned: '', surprise: 'Tab B', who: '' }, old);
    expect(refused.status).toBe(412);
    const { version, fields } = JSON.parse(refused.text) as { version: number; fields: object };
    expect(fields).toMatchObject({ learned: 'Tab A' });
    await autosave({ learned: 'Tab A', surprise: 'Tab B', who: '' }, version);
    const answers = (await getTask(student, task)).answers.map(({ text }) => text);
    expect(answers).toEqual(['', 'Tab A', 'Tab B']);
  });

  test('without script is saved by a button, and a second tab is shown both texts', async () => {
    const { visitor, task } = await opened('student06');
    const old = versionIn(await visitor.get(paths.task(task)));
    const saved = await visitor.post(paths.task(task), { learned: 'Tab A', _version: old });
    expect(saved.text).toContain('Your work is saved.');
    const choice = await visitor.post(paths.task(task), { learned: 'Tab B', _version: old });
    expect(choice.status).toBe(409);
    expect(choice.text).toContain('Two versions of your work');
    expect(choice.text).toMatch(/Tab B[\s\S]*Tab A/);
    expect(choice.text).not.toContain('aria-label="Main"');
    const fields = { learned: 'Tab B', _version: String(Number(old) + 1), keep: 'mine' };
    expect((await visitor.post(paths.task(task), fields)).text).toContain('Tab B');
  });
});

describe('handing in', () => {
  test('too little says where, and keeps the words', async () => {
    const { visitor, student, task } = await opened('student07');
    const version = versionIn(await visitor.get(paths.task(task)));
    const again = await visitor.post(paths.handIn(task), { learned: 'Short', _version: version });
    expect(again.status).toBe(422);
    expect(again.text).toContain('<title>Error: Talk to someone about their job | Waymark</title>');
    expect(again.text).toContain(
      '<a href="#learned">“What did you learn about the job?”: Write a little more here: 15 words or more.</a>',
    );
    expect(again.text).toMatch(/<a href="#surprise">“[^<]+”: Answer this question before you hand in\.<\/a>/);
    expect(again.text).toContain('Short');
    expect((await getTask(student, task)).answers.find(({ question }) => question === 'learned')?.text).toBe(
      'Short',
    );
    const whole = await visitor.post(paths.handIn(task), { ...WHOLE, _version: versionIn(again) });
    expect(whole.text).toContain('Handed in.');
  });

  test('is told to the gradebook, once, however often it is pressed', async () => {
    const { visitor, student, task } = await opened('student08');
    const version = versionIn(await visitor.get(paths.task(task)));
    const key = crypto.randomUUID();
    const fields = { ...WHOLE, _version: version };
    for (const given of [key, key, crypto.randomUUID()]) {
      const after = await visitor.post(paths.handIn(task), fields, { key: given });
      expect(after.path).toBe(`${paths.task(task)}?done=handedIn`);
    }
    const again = await visitor.get(paths.task(task));
    expect(again.text).toContain('What happens next');
    const { state, history } = await getTask(student, task);
    expect(state).toBe('submitted');
    expect(history.filter((entry) => entry.state === 'submitted')).toHaveLength(1);
    const rows = await listOfPerson(student.institution, student.person);
    expect(rows.filter(({ item }) => item.kind === 'task')).toHaveLength(1);
    expect(rows[0]).toMatchObject({ activityProgress: 'Submitted', gradingProgress: 'PendingManual' });
  });

  test('can be taken back until the advisor opens it', async () => {
    const { visitor, advisor, task } = await handedIn('student09');
    const page = await visitor.get(paths.task(task));
    expect(page.text).toContain('Take it back');
    expect(page.text).not.toContain('data-autosave');
    for (let time = 0; time < 2; time += 1)
      expect((await visitor.post(paths.takeBack(task), {})).text).toContain('You took it back.');
    const again = await visitor.get(paths.task(task));
    await visitor.post(paths.handIn(task), { ...WHOLE, _version: versionIn(again) });
    await startTaskReview(advisor, task, new Date());
    const seen = await visitor.get(paths.task(task));
    expect(seen.text).toContain('Ottilie Brannigan has opened it');
    expect(seen.text).not.toContain(paths.takeBack(task));
    const csrf = /name="csrf-token" content="([^"]+)"/.exec(seen.text)?.[1] ?? '';
    expect((await visitor.post(paths.takeBack(task), {}, { csrf })).status).toBe(409);
  });
});

describe('the advisor’s answer', () => {
  test('a returned task shows the comment and can be handed in again', async () => {
    const { visitor, advisor, task } = await handedIn('student10');
    await returnTask(advisor, task, 'Add one thing that surprised you.', new Date());
    const page = await visitor.get(paths.task(task));
    expect(page.text).toContain('Ottilie Brannigan asked for a change');
    expect(page.text).toContain('Add one thing that surprised you.');
    expect(page.text).toContain('Returned: needs a change');
    const fields = { ...WHOLE, surprise: 'He writes three reports a day.', _version: versionIn(page) };
    expect((await visitor.post(paths.handIn(task), fields)).text).toContain('Handed in.');
  });

  test('an accepted task is read-only, with its points', async () => {
    const { visitor, advisor, task } = await handedIn('student11');
    await verifyTask(advisor, task, { points: 8, comment: 'Good questions.' }, new Date());
    const page = await visitor.get(paths.task(task));
    expect(page.text).toContain('It is accepted: 8 of 10.');
    expect(page.text).toContain('Good questions.');
    expect(page.text).toContain('He writes reports every day.');
    expect(page.text).not.toContain('<textarea');
  });

  test('an excused task says why', async () => {
    const { visitor, advisor, student, link, task } = await opened('student12');
    await excuseTask(advisor, link, student.person, 'You moved here in May.', new Date());
    const page = await visitor.get(paths.task(task));
    expect(page.text).toContain('The reason: You moved here in May.');
    const csrf = /name="csrf-token" content="([^"]+)"/.exec(page.text)?.[1] ?? '';
    expect((await visitor.post(paths.handIn(task), { ...WHOLE, _version: '2' }, { csrf })).status).toBe(409);
  });
});

describe('the advisor’s decision', () => {
  test('that is refused is shown again with the words that were typed', async () => {
    const { task } = await handedIn('student09');
    const advisor = await school.as('advisor1');
    await advisor.get(paths.studentTask(task));
    const refused = await advisor.post(paths.studentTask(task), {
      do: 'verify',
      comment: 'Good questions & answers.',
      points: '99',
    });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Good questions &amp; answers.');
    expect(refused.text).toContain('value="99"');
    expect(refused.text).toContain('Points go from 0 to 10.');
  });
});
