import { describe, expect, it } from 'vitest';
import { boundsOf, nameOfYear, schoolYearOf } from '../../../src/shared/schoolYear.ts';

describe('a school year', () => {
  it('begins on its first day and is named by both calendar years', () => {
    expect(schoolYearOf('2027-06-30', '07-01')).toBe(2026);
    expect(schoolYearOf('2027-07-01', '07-01')).toBe(2027);
    expect(nameOfYear(2026)).toBe('2026–27');
    expect(nameOfYear(2099)).toBe('2099–00');
  });

  it('ends on the day before the next begins, leap days included', () => {
    expect(boundsOf(2026, '07-01')).toEqual({ from: '2026-07-01', to: '2027-06-30' });
    expect(boundsOf(2027, '03-01')).toEqual({ from: '2027-03-01', to: '2028-02-29' });
    expect(boundsOf(2026, '01-01')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  });
});
