import { describe, expect, test } from 'vitest';
import type { ItemBank } from '../../../src/inventory/bank.ts';
import { bankCheckPage, banksPage, importErrors } from '../../../src/inventory/bankAdmin.page.ts';
import { diffOf, readBank } from '../../../src/inventory/bankImport.ts';
import { interestsPage, type InterestFacts } from '../../../src/inventory/interests.page.ts';
import { checkPage, questionsPage } from '../../../src/inventory/questions.page.ts';
import { LETTERS } from '../../../src/inventory/riasec.ts';
import { SITTING_LIMITS, type Sitting } from '../../../src/inventory/sitting.ts';
import { earlierPage, studentInterestsPage } from '../../../src/inventory/student.page.ts';
import type { PlanState } from '../../../src/plans/plan.ts';
import { anId, aPlan, later, NOW } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';
import { aDone, answersBy, aSitting, QUICK, SHORT } from './aSitting.ts';

const HOSTILE = `"><script>alert(1)</script><b x='`;
const RAW = /<script>alert|<b x=/;
const BANKS = new Map([SHORT, QUICK].map((bank) => [bank.id, bank]));
const OLD = { year: 2025, endedAt: later(-500_000) };

function shown(sittings: Sitting[], overrides: Partial<InterestFacts> & { state?: PlanState } = {}): string {
  const { state = 'draft', ...rest } = overrides;
  const facts = { plan: aPlan({ state }), sittings, offered: [SHORT, QUICK], banks: BANKS, ...rest };
  return renderPage('inventory/interests', interestsPage(words, facts));
}

describe('my interests', () => {
  test('at first say what will be here, ask which questions, and can be skipped', () => {
    const html = shown([]);
    expect(html).toContain('You have not answered them yet.');
    expect(html).toContain('30 questions, about 6 minutes');
    expect(html).toContain('12 questions, about 2 minutes');
    expect(html).toContain('Skip it this year');
    expect(html).not.toContain('What I like to do');
  });

  test('of last year ask only whether they are still true', () => {
    const html = shown([aDone(undefined, OLD)]);
    expect(html).toContain('Are these still true?');
    expect(html).toContain('Yes, still true');
    expect(html).toContain('Change some answers');
    expect(html).toContain('Most of all: <b>Hands-on</b>.');
    expect(html).toContain('Skip it this year');
  });

  test('answered this year show the result, and neither ask nor offer to skip', () => {
    const html = shown([aDone()]);
    expect(html).not.toContain('Are these still true?');
    expect(html).not.toContain('Skip it this year');
    expect(html).toContain('not a verdict');
    expect(html).toContain('Begin with empty answers');
  });

  test('half answered lead to the page to go on with', () => {
    const html = shown([
      aSitting({ answers: answersBy(SHORT, { R: 1, I: 1, A: 1, S: 1, E: 1, C: 1 }).slice(0, 8) }),
    ]);
    expect(html).toContain('8 of 30 questions answered');
    expect(html).toContain('href="/plan/interests/questions?page=2"');
    expect(html).not.toContain('Start the questions');
  });

  test('skipped show the reason, and can still be answered', () => {
    const html = shown([aSitting({ status: 'skipped', reason: HOSTILE, endedAt: NOW })]);
    expect(html).toContain('You skipped this in 2026–27');
    expect(html).toContain('Start the questions');
    expect(html).not.toMatch(RAW);
  });

  test('of a plan that is with the advisor can be read, not changed', () => {
    const html = shown([aDone(undefined, OLD)], { state: 'submitted' });
    expect(html).toContain('You cannot change this now');
    expect(html).not.toMatch(/<form[^>]+action="\/plan\/interests/);
    expect(html).toContain('Most of all');
  });

  test('asked for often enough this year say so', () => {
    const many = Array.from({ length: SITTING_LIMITS.perYear }, () =>
      aSitting({ status: 'away', endedAt: NOW }),
    );
    expect(shown(many)).toContain('That is enough to talk about.');
  });

  test('say so where the school offers nothing', () => {
    expect(shown([], { offered: [] })).toContain('does not offer any questions now');
  });

  test('name the language of questions in another one', () => {
    const spanish: ItemBank = { ...SHORT, id: 'es', language: 'es', name: 'Preguntas' };
    expect(shown([], { offered: [SHORT, spanish] })).toContain('In Spanish');
  });

  test('keep a reason that was too long, with what is wrong', () => {
    const problems = [{ field: 'reason', message: 'Use 500 characters or fewer.' }];
    const html = shown([], { problems, typed: { bank: 'quick-12', reason: `Because ${HOSTILE}` } });
    expect(html).toContain('<title>Error: My interests | Waymark</title>');
    expect(html).toContain('<a href="#reason">');
    expect(html).toContain('Because &#34;&gt;');
  });
});

describe('a result', () => {
  const result = (values: Parameters<typeof aDone>[0]): string =>
    renderPage('inventory/result', earlierPage(words, aDone(values), SHORT));

  test('has a chart, the same in words, and all six numbers in a table', () => {
    const html = result({ R: 4, I: 4, A: 2, S: 1, E: 0, C: 0 });
    expect(html).toContain('<polygon class="shape"');
    expect(html).toContain('Most of all, side by side: <b>Hands-on and Finding out</b>.');
    expect(html).toContain('Then: <b>Creating</b>.');
    expect(html).toContain('Short form: (RI)A.');
    for (const letter of LETTERS) expect(html).toContain(words.t(`riasec.${letter}.formal`));
    expect(html).toContain('Fix a bike so that it rides again');
    expect(html).not.toMatch(/ style=/);
  });

  test('that is flat names no order and no code', () => {
    const html = result({ R: 2, I: 2, A: 2, S: 2, E: 2, C: 2 });
    expect(html).toContain('All six came out alike.');
    expect(html).not.toContain('Short form');
    expect(html).not.toContain('What this could mean');
  });

  test('of somebody who liked nothing says that this happens', () => {
    expect(result({ R: 0, I: 0, A: 0, S: 0, E: 0, C: 0 })).toContain(
      'Nothing here was for you. That happens.',
    );
  });

  test('stands without its questions', () => {
    const html = renderPage('inventory/result', earlierPage(words, aDone(), null));
    expect(html).toContain('Most of all');
    expect(html).not.toContain('All answers');
  });
});

describe('the questions', () => {
  const page = (number: number, answers: Sitting['answers'] = [], from: string | null = null): string =>
    renderPage(
      'inventory/questions',
      questionsPage(words, { sitting: { answers, from }, bank: SHORT, page: number }),
    );

  test('are six a page, each with five answers, and say which page it is', () => {
    const html = page(2);
    expect(html).toContain('Page 2 of 5');
    expect(html.match(/<fieldset/g)).toHaveLength(6);
    expect(html.match(/type="radio"/g)).toHaveLength(30);
    expect(html).toContain('Page before');
    expect(page(1)).not.toContain('Page before');
    expect(page(5)).toContain('Save and see my result');
  });

  test('have earlier answers filled in', () => {
    const html = page(1, [{ item: 'r1', value: 3 }], anId());
    expect(html).toContain('Your earlier answers are filled in.');
    expect(html).toMatch(/name="q0" value="3" checked/);
    expect(html.match(/ checked/g)).toHaveLength(1);
    expect(html).toContain('1 of 30 answered');
  });

  test('left out are listed by page; too many leave no result', () => {
    const all = answersBy(SHORT, { R: 1, I: 1, A: 1, S: 1, E: 1, C: 1 });
    const few = renderPage(
      'inventory/check',
      checkPage(words, { sitting: { answers: all.slice(0, 28), from: null }, bank: SHORT }),
    );
    expect(few).toContain('2 questions without an answer');
    expect(few).toContain('See my result</bdi>');
    const none = renderPage(
      'inventory/check',
      checkPage(words, { sitting: { answers: [], from: null }, bank: SHORT }),
    );
    expect(none).toContain('not enough answers');
    expect(none).not.toContain('See my result</bdi>');
  });
});

describe('what an advisor reads', () => {
  const read = (sittings: Sitting[]): string =>
    renderPage(
      'inventory/result',
      studentInterestsPage(words, {
        person: anId(),
        name: `Zosia ${HOSTILE}`,
        plan: { year: 2026 },
        sittings,
        banks: BANKS,
      }),
    );

  test('is empty in words at first', () => {
    expect(read([])).toContain('Nothing answered yet');
  });

  test('is the newest result, what came before, and why a year was skipped', () => {
    const html = read([
      aDone(undefined, OLD),
      aSitting({ status: 'skipped', reason: HOSTILE, year: 2024, endedAt: NOW }),
      aSitting({ status: 'skipped', reason: 'We moved.', year: 2026, endedAt: NOW }),
    ]);
    expect(html).toContain('Skipped this year');
    expect(html).toContain('We moved.');
    expect(html).toContain('Skipped in 2024–25');
    expect(html).toContain('The last answers are from 2025–26');
    expect(html).not.toMatch(RAW);
    expect(/<main[\s\S]+<\/main>/.exec(html)?.[0]).not.toMatch(/<form/);
  });

  test('says how far the student is', () => {
    expect(read([aSitting({ answers: [{ item: 'r1', value: 1 }] })])).toContain('1 of 30 answered');
  });
});

describe('the school’s questions', () => {
  const imported = {
    ...SHORT,
    id: anId(),
    institution: anId(),
    status: 'current' as const,
    replaces: null,
    importedBy: anId(),
    importedAt: NOW,
  };

  test('say where they come from and whether they are offered', () => {
    const html = renderPage(
      'inventory/banks',
      banksPage(words, {
        imported: [{ ...imported, name: HOSTILE }],
        off: ['quick-12'],
        names: new Map([[imported.importedBy, 'Ada Brannigan']]),
      }),
    );
    expect(html).toContain('Comes with Waymark');
    expect(html).toContain('Imported on October 5, 2026 by Ada Brannigan');
    expect(html).toContain('Not offered');
    expect(html).toContain('Take the import back');
    expect(html).not.toMatch(RAW);
  });

  test('with mistakes come back as they were typed, every mistake with its line', () => {
    const form = {
      source: 'letter,text\nX,Odd\nR,',
      name: HOSTILE,
      language: 'en',
      scale: '',
      attribution: '',
    };
    const problems = importErrors(words, form, readBank(form).problems);
    const html = renderPage(
      'inventory/banks',
      banksPage(words, { imported: [], off: [], names: new Map(), typed: form, problems }),
    );
    expect(html).toContain('Line 2: The letter must be R, I, A, S, E or C. It is: X');
    expect(html).toContain('Line 3: The question is empty.');
    expect(html).toContain('Say who wrote it');
    expect(html).toContain('X,Odd');
    expect(html).not.toMatch(RAW);
  });

  test('are shown before they are saved', () => {
    const form = { source: 'x', name: 'Ours', language: 'en', scale: '', attribution: 'Us' };
    const { id: _id, ...bank } = SHORT;
    const check = (replaces: typeof imported | null): string =>
      renderPage(
        'inventory/bankCheck',
        bankCheckPage(words, { form, bank, diff: diffOf(replaces, bank), replaces }),
      );
    expect(check(null)).toContain('A new set of questions.');
    expect(check(null)).toContain('R 5 · I 5');
    expect(check(imported)).toContain('There is nothing to import.');
    expect(check({ ...imported, items: imported.items.slice(1) })).toContain('Takes the place of');
  });
});
