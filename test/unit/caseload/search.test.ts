import { describe, expect, it } from 'vitest';
import { folded, matches } from '../../../src/caseload/search.ts';

describe('searching for a student', () => {
  it.each([
    ['jorgen', 'Sæther, Jørgen'],
    ['SAETHER', 'Sæther, Jørgen'],
    ['obrien', 'O’Brien, Sinéad'],
    ["o'brien sin", 'O’Brien, Sinéad'],
    ['nguyen', 'Nguyễn, Bao'],
    ['ludmila brzecz', 'Brzęczyszczykiewicz, Ludmiła'],
    ['mbeki', 'Delacroix-Mbeki, Anaïs'],
    ['gulsah yildirim', 'Yıldırım, Gülşah'],
    ['ليلى', 'الخطيب, ليلى'],
  ])('%s finds %s', (typed, name) => {
    expect(matches(typed, [name, null])).toBe(true);
  });

  it('finds by the school’s id, and wants every word', () => {
    expect(matches('s-0042', ['Okafor, Maya', 'S-0042'])).toBe(true);
    expect(matches('maya 0043', ['Okafor, Maya', 'S-0042'])).toBe(false);
  });

  it('keeps letters of every script', () => {
    expect(folded('  Þórsdóttir –  42 ')).toBe('thorsdottir 42');
    expect(folded('王小明')).toBe('王小明');
  });
});
