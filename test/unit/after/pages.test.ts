import { describe, expect, test } from 'vitest';
import { afterLines, resumeLines } from '../../../src/after/after.part.ts';
import { afterListPage } from '../../../src/after/afterList.page.ts';
import { afterOptionPage } from '../../../src/after/afterOption.page.ts';
import { aidPage } from '../../../src/after/aid.page.ts';
import { applicationListPage } from '../../../src/after/applicationList.page.ts';
import { applicationPage, newApplicationPage } from '../../../src/after/application.page.ts';
import { activityLog } from '../../../src/after/resume.ts';
import { entryPage, resumePage } from '../../../src/after/resume.page.ts';
import { resumeSheetPage } from '../../../src/after/resumeSheet.page.ts';
import { anId, aPlan, NOW, TODAY } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';
import { aResume, anAfter, anApplication, anEntry, anExperience, anOption } from './anAfter.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const RAW = /<script>alert|<b x=/;
const step = (title: string, due: string | null = null) => ({ id: anId(), title, due, doneAt: null });

const FULL = anAfter({
  options: [
    anOption({ what: HOSTILE, why: HOSTILE, steps: [step(HOSTILE, '2026-10-01'), step('Call them')] }),
    anOption({ kind: 'employment', what: '' }),
  ],
  dropped: [{ ...anOption({ kind: 'service' }), droppedAt: NOW, reason: HOSTILE }],
  applications: [
    anApplication({ where: HOSTILE, deadline: '2026-09-01' }),
    anApplication({ status: 'accepted' }),
    anApplication({ archivedAt: NOW }),
  ],
  aid: [
    { step: 'fafsa', answer: 'done', due: null, at: NOW },
    { step: 'talk', answer: 'todo', due: '2026-10-01', at: NOW },
  ],
  ownAid: [{ id: anId(), title: HOSTILE }],
});
const facts = { plan: aPlan(), after: FULL, today: TODAY };

describe('my options', () => {
  test('say at first what will be here and offer every way', () => {
    const html = renderPage('after/list', afterListPage(words, { ...facts, after: anAfter() }));
    expect(html).toContain('Your options will be here.');
    expect(html.match(/Choose this/g)).toHaveLength(6);
    expect(html).not.toContain('What I let go');
  });

  test('show the chosen in order, the next step of each, and what was let go with why', () => {
    const html = renderPage('after/list', afterListPage(words, facts));
    expect(html).toContain('by Oct 1');
    expect(html).toContain('Write its next step');
    expect(html).toContain('What I let go (1)');
    expect(html.match(/Choose this/g)).toHaveLength(3);
    expect(html).not.toMatch(RAW);
  });

  test('cannot be changed while the plan is with the advisor; ticks still can', () => {
    const locked = { ...facts, plan: aPlan({ state: 'submitted' }) };
    const list = renderPage('after/list', afterListPage(words, locked));
    expect(list).toContain('You cannot change your options now');
    expect(list).not.toContain('Choose this');
    const option = renderPage('after/option', afterOptionPage(words, 'college', locked));
    expect(option).not.toContain('Let it go');
    expect(option).not.toContain('Add the step');
    expect(option).toMatch(/action="\/plan\/after\/options\/college\/steps\/[0-9a-f]{24}"/);
  });

  test('one of them shows its words, its steps with dates, and a late one as late', () => {
    const html = renderPage('after/option', afterOptionPage(words, 'college', facts));
    expect(html).toContain('Your number 1 of 2');
    expect(html).toContain('Was due October 1, 2026');
    expect(html).toContain('No due date');
    expect(html).not.toMatch(RAW);
  });

  test('keep what was typed when it is refused', () => {
    const typed = { what: HOSTILE, why: '', title: '', due: '', reason: '' };
    const problem = { form: 'about', fields: [{ field: 'why', message: 'Write why.' }], typed } as const;
    const html = renderPage('after/option', afterOptionPage(words, 'vocational', facts, problem));
    expect(html).toContain('<title>Error: Vocational training | Waymark</title>');
    expect(html).toContain('<a href="#why">Write why.</a>');
    expect(html).toContain('&lt;script&gt;');
    expect(html).not.toMatch(RAW);
  });
});

describe('applications', () => {
  test('are listed with what is ready and by when, a late one as late', () => {
    const html = renderPage('after/applications', applicationListPage(words, facts));
    expect(html).toContain('College · 0 of 2 parts ready · was due September 1, 2026');
    expect(html).toContain('Put away (1)');
    expect(html).not.toContain('Not applying anywhere');
    expect(html).not.toMatch(RAW);
  });

  test('none yet: say what will be here, and leave room for why not', () => {
    const after = anAfter({ notApplying: { why: HOSTILE, at: NOW } });
    const html = renderPage('after/applications', applicationListPage(words, { after, today: TODAY }));
    expect(html).toContain('Your applications will be here.');
    expect(html).toContain('You said that you will not apply, because:');
    expect(html).not.toMatch(RAW);
  });

  test('one shows its checklist and only the moves it can make', () => {
    const one = anApplication({ status: 'refused', where: HOSTILE });
    const html = renderPage(
      'after/application',
      applicationPage(words, { one, programmes: [], today: TODAY }),
    );
    expect(html.match(/name="to"/g)).toHaveLength(1);
    expect(html).toContain('Essay or letter');
    expect(html).not.toMatch(RAW);
  });

  test('a new one offers the saved programs, where there are some', () => {
    const saved = {
      kind: 'programme',
      option: 'p1',
      title: HOSTILE,
      why: 'x',
      goal: null,
      savedAt: NOW,
    } as const;
    const html = renderPage('after/newApplication', newApplicationPage(words, [saved]));
    expect(html).toContain('One of the programs you saved');
    expect(html).not.toMatch(RAW);
    expect(renderPage('after/newApplication', newApplicationPage(words, []))).not.toContain(
      'programs you saved',
    );
  });
});

describe('paying for it', () => {
  test('explains each step, names its source, and says that it is no advice', () => {
    const html = renderPage('after/aid', aidPage(words, facts));
    expect(html).toContain('not advice');
    expect(html.match(/Read more: /g)).toHaveLength(11);
    expect(html).toContain('1 of 12 answered');
    expect(html).toContain('Was due October 1, 2026');
    expect(html).not.toMatch(RAW);
  });

  test('leads from a refused date to its own field', () => {
    const problem = {
      step: 'talk',
      fields: [{ field: 'due', message: 'This is not a date.' }],
      typed: { title: '', due: 'soon' },
    };
    const html = renderPage('after/aid', aidPage(words, facts, problem));
    expect(html).toContain('<a href="#due-talk">');
    expect(html).toContain('value="soon"');
  });
});

describe('the résumé', () => {
  const award = anEntry({ title: HOSTILE, place: HOSTILE });
  const resume = aResume({
    profile: HOSTILE,
    entries: [award, anEntry({ archivedAt: NOW })],
    picks: [`e.${award.id}`],
  });
  const log = activityLog(resume, [anExperience({ title: HOSTILE })]);

  test('is chosen from experiences and own entries', () => {
    const html = renderPage('after/resume', resumePage(words, { resume, log }));
    expect(html.match(/name="pick"/g)).toHaveLength(2);
    expect(html.match(/ checked>/g)).toHaveLength(1);
    expect(html).not.toMatch(RAW);
    const empty = renderPage('after/resume', resumePage(words, { resume: aResume(), log: [] }));
    expect(empty).toContain('Your activities will be here.');
    expect(renderPage('after/entry', entryPage(words, award))).not.toMatch(RAW);
    expect(renderPage('after/entry', entryPage(words, null))).toContain('Add it');
  });

  test('as a sheet takes e-mail and phone that nothing can send or keep', () => {
    const facts2 = { resume, log, name: HOSTILE, school: 'Riverside High', grade: 11 };
    const html = renderPage('after/sheet', resumeSheetPage(words, facts2));
    const sheet = html.slice(html.indexOf('<article'), html.indexOf('</article>'));
    const inputs = sheet.match(/<input[^>]*>/g) ?? [];
    expect(inputs).toHaveLength(2);
    for (const input of inputs) expect(input).not.toMatch(/ name=| form=| value=/);
    expect(sheet).not.toContain('<form');
    expect(sheet).toContain('Grade 11');
    expect(html).toContain('They are not saved');
    expect(html).not.toMatch(RAW);
  });

  test('with nothing in it says what to do first', () => {
    const facts2 = { resume: aResume(), log: [], name: 'M. O.', school: 'Riverside High', grade: null };
    const html = renderPage('after/sheet', resumeSheetPage(words, facts2));
    expect(html).toContain('Choose what goes in first.');
    expect(html).not.toContain('<article');
  });
});

describe('in the plan', () => {
  test('only options are material; reasons are not for the family; ids stand still', () => {
    const lines = afterLines(words, FULL);
    expect(lines.filter(({ material }) => material).map(({ id }) => id)).toEqual([
      'option.college',
      'option.employment',
    ]);
    const family = lines.filter(({ audience }) => audience === 'family').map(({ id }) => id);
    expect(family.some((id) => id.endsWith('.why') || id.startsWith('dropped'))).toBe(false);
    expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
    const swapped = afterLines(words, { ...FULL, options: FULL.options.toReversed() });
    expect(swapped.map(({ id, text }) => id + text).toSorted()).toEqual(
      lines.map(({ id, text }) => id + text).toSorted(),
    );
  });

  test('nothing entered gives no line', () => {
    expect(afterLines(words, anAfter())).toEqual([]);
    expect(resumeLines(words, aResume(), [])).toEqual([]);
  });
});
