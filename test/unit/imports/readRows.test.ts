import { describe, expect, test } from 'vitest';
import { cellsOf } from '../../../src/imports/cells.ts';
import { readRows } from '../../../src/imports/readRows.ts';
import { outcomeOf } from '../../support/build.ts';

const columns = [
  { name: 'code', also: ['courseCode'], required: true, help: 'catalogue.import.code' },
  { name: 'title', required: false, help: 'catalogue.import.titleColumn' },
] as const;
const read = (text: string) => readRows(text, { columns });

describe('rows of a file', () => {
  test('keep the line they stand on, behind quotes, blank lines and a byte-order mark', () => {
    expect(read('\uFEFFCourse Code,Title,Extra\r\nA,"Two\nlines",x\r\n\r\nB,Three,y')).toEqual([
      { line: 3, values: { code: 'A', title: 'Two\nlines' } },
      { line: 5, values: { code: 'B', title: 'Three' } },
    ]);
  });

  test.each([';', '\t'])('may be parted by %j', (mark) => {
    expect(read(`code${mark}title\nA${mark}B`)).toEqual([{ line: 2, values: { code: 'A', title: 'B' } }]);
  });

  test('come from a JSON list too, with lists as cells carry them', () => {
    expect(read('[{"code":1,"title":["a",["b","c"]]}]')).toEqual([
      { line: 1, values: { code: '1', title: 'a;b|c' } },
    ]);
  });

  test('short rows are empty at the end', () => {
    expect(read('code,title\nA')).toEqual([{ line: 2, values: { code: 'A', title: '' } }]);
  });

  test.each(['', 'code', 'title\nA', 'code\n"A', '[1]', '{'])('%j is refused', (text) => {
    expect(outcomeOf(() => read(text))).toBe('Invalid');
  });
});

describe('cells', () => {
  const cells = (value: string) => cellsOf({ line: 2, values: { x: value } });

  test.each([
    ['0', 0],
    ['5', 5],
    ['2,5', 2.5],
    ['', null],
    ['6', null],
    ['-1', null],
    ['abc', null],
  ])('the number %j from 0 to 5 is %j', (text, value) => {
    const one = cells(text);
    expect(one.number('x', { min: 0, max: 5 })).toBe(value);
    expect(one.problems).toHaveLength(value === null && text !== '' ? 1 : 0);
  });

  test('yes, no and neither', () => {
    expect([cells('YES').yes('x'), cells('0').yes('x'), cells('').yes('x')]).toEqual([true, false, null]);
    const odd = cells('perhaps');
    expect([odd.yes('x'), odd.problems.length]).toEqual([null, 1]);
  });

  test('a text that is too long is said and cut; one that must be there is asked for', () => {
    const long = cells('abcdef');
    expect([long.text('x', 3), long.problems.length]).toEqual(['abc', 1]);
    const none = cells(' ');
    expect([none.need('x', 3), none.problems.length]).toEqual(['', 1]);
  });
});
