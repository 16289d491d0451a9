import { describe, expect, it } from 'vitest';
import { claimColumn, forgetColumn, getCourse, settleColumn } from '../../../src/courses/course.service.ts';
import { later, NOW } from '../../support/build.ts';
import { useDatabase } from '../../support/db.ts';
import { aSchool } from '../../support/storedSchool.ts';

useDatabase();

const OURS = 'https://lms.example/items/1';
const THEIRS = 'https://lms.example/items/2';

describe('the claim on a course’s column', () => {
  it('is one worker’s until it runs out', async () => {
    const { institution, course } = await aSchool();
    expect(await claimColumn(institution, course, NOW, later(2))).toBe(true);
    expect(await claimColumn(institution, course, later(1), later(3))).toBe(false);
    expect(await claimColumn(institution, course, later(3), later(5))).toBe(true);
  });

  it('that ran out settles nothing: the column of the worker that took over counts', async () => {
    const { institution, course } = await aSchool();
    await claimColumn(institution, course, NOW, later(2));
    await claimColumn(institution, course, later(3), later(5));
    expect(await settleColumn(institution, course, OURS, later(2))).toBe(false);
    expect(await settleColumn(institution, course, THEIRS, later(5))).toBe(true);
    expect(await settleColumn(institution, course, null, later(2))).toBe(false);
    expect((await getCourse(institution, course)).planLineItem).toBe(THEIRS);
  });

  it('a column the LMS lost is forgotten, one made since is kept', async () => {
    const { institution, course } = await aSchool();
    await claimColumn(institution, course, NOW, later(2));
    await settleColumn(institution, course, THEIRS, later(2));
    await forgetColumn(institution, course, OURS);
    expect((await getCourse(institution, course)).planLineItem).toBe(THEIRS);
    await forgetColumn(institution, course, THEIRS);
    expect((await getCourse(institution, course)).planLineItem).toBeNull();
  });
});
