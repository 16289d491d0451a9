import { describe, expect, test } from 'vitest';
import { diffOf, readBank, type ImportForm } from '../../../src/inventory/bankImport.ts';
import { SHORT } from './aSitting.ts';

const form = (source: string, overrides: Partial<ImportForm> = {}): ImportForm => ({
  source,
  name: 'Our questions',
  language: 'en',
  scale: '',
  attribution: 'Written by the counselors of this school.',
  ...overrides,
});

const LINES = ['R', 'I', 'A', 'S', 'E', 'C'].flatMap((letter) => [
  `${letter},Do ${letter} one`,
  `${letter},Do ${letter} two`,
]);
const CSV = ['letter,text', ...LINES].join('\n');
const JSON_BANK = {
  name: 'Ours',
  language: 'es-MX',
  scale: ['No', 'Sí'],
  attribution: 'CC BY 4.0, a university',
  items: LINES.map((line) => ({ letter: line.slice(0, 1), text: line.slice(2) })),
};
const whys = (source: string, overrides?: Partial<ImportForm>): string[] =>
  readBank(form(source, overrides)).problems.map(({ why, row, value }) => `${row} ${why} ${value}`.trim());

describe('a table', () => {
  test('with letter and text is a bank; rows get ids', () => {
    const { bank, problems } = readBank(form(CSV));
    expect(problems).toEqual([]);
    expect(bank.items).toHaveLength(12);
    expect(bank.items[0]).toEqual({ id: 'q1', text: 'Do R one', letter: 'R' });
    expect(bank.scale).toEqual(SHORT.scale);
  });

  test('may be what a spreadsheet of another country saves, with a mark at its start and names for letters', () => {
    const source = `\uFEFFid;Letter;Text\r\n${LINES.map((line, n) => `x${n};${line.replace(/^R/, 'Realistic').replace(',', ';')}`).join('\r\n')}\r\n`;
    expect(readBank(form(source)).problems).toEqual([]);
  });

  test('lists every bad row with its line', () => {
    const source = [CSV, 'X,Do something', 'R,', `R,${'long '.repeat(70)}`, 'R,Do R one'].join('\n');
    expect(whys(source)).toEqual(['14 letter X', '15 text', '16 textLong', '17 twice Do R one']);
  });

  test('counts lines as an editor does, also after a question with a line break', () => {
    expect(whys(['letter,text', 'R,"Fix a\nbike"', 'Q,Odd', ...LINES].join('\n'))).toEqual(['4 letter Q']);
  });

  test('without the named columns says what stands there', () => {
    expect(whys('R,Fix a bike\nI,Look')).toEqual(['1 header R, Fix a bike']);
  });

  test('needs two questions of each letter, a name, a language, words and an author', () => {
    const wrong = { name: ' ', language: 'english please', scale: 'Yes', attribution: '' };
    expect(whys(CSV, wrong)).toEqual(['0 name', '0 language english please', '0 scale', '0 attribution']);
    expect(whys(CSV.replace('C,Do C two', 'R,Do R three'))).toEqual(['0 few C']);
    expect(whys(CSV, { scale: 'No\nYes\nNo' })).toEqual(['0 scale']);
  });

  test('with an unclosed quote is refused as a whole', () => {
    expect(whys('letter,text\nR,"Fix')[0]).toMatch(/^0 csv/);
  });

  test('refuses ids that are no ids, and the same id twice', () => {
    const rows = ['id,letter,text', '__proto__,R,One', 'a,R,Two', 'a,I,Three'];
    expect(whys(rows.join('\n'))).toEqual(['2 id __proto__', '4 twice a']);
  });

  test('of nothing says so', () => {
    expect(whys('  \n')).toEqual(['0 empty']);
  });
});

describe('a JSON file', () => {
  test('brings its own name, language, words and author', () => {
    const { bank, problems } = readBank(form(JSON.stringify(JSON_BANK), { name: '', attribution: '' }));
    expect(problems).toEqual([]);
    expect(bank).toMatchObject({ name: 'Ours', language: 'es-MX', scale: ['No', 'Sí'] });
  });

  test('names each bad question by its number', () => {
    const items = [...JSON_BANK.items, 'a word', { letter: 'Z', text: 'Odd' }, { letter: 'R', text: '' }];
    const { problems } = readBank(form(JSON.stringify({ ...JSON_BANK, items })));
    expect(problems.map(({ at, row, why }) => [at, row, why])).toEqual([
      ['item', 13, 'text'],
      ['item', 14, 'letter'],
      ['item', 15, 'text'],
    ]);
  });

  test('that is none, or lacks a part, is refused with what is wrong', () => {
    expect(whys('{"name": ')[0]).toMatch(/^0 json/);
    expect(whys('[1, 2]')[0]).toMatch(/^0 shape/);
    expect(whys(JSON.stringify({ ...JSON_BANK, items: undefined }))).toEqual(['0 shape items']);
  });
});

describe('beside what is there', () => {
  const { bank } = readBank(form(CSV));

  test('a first import is all new', () => {
    expect(diffOf(null, bank)).toEqual({ added: 12, changed: 0, unchanged: 0, gone: 0, same: false });
  });

  test('the same again is the same', () => {
    expect(diffOf(bank, readBank(form(CSV)).bank)).toMatchObject({ unchanged: 12, same: true });
  });

  test('counts what changed, came and went', () => {
    const [first, , ...rest] = bank.items;
    const items = [
      { ...first, text: 'Other words' } as (typeof bank.items)[number],
      ...rest,
      { id: 'new', text: 'N', letter: 'R' as const },
    ];
    expect(diffOf(bank, { ...bank, items })).toEqual({
      added: 1,
      changed: 1,
      unchanged: 10,
      gone: 1,
      same: false,
    });
    expect(diffOf(bank, { ...bank, attribution: 'Another' }).same).toBe(false);
  });
});
