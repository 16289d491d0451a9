import { describe, expect, it } from 'vitest';
import { newVisitor } from '../../../src/practice/visitor.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

describe.each(['canvas', 'schoology', 'moodle'] as const)('a launch in the %s manner', (manner) => {
  it('takes a student to their plan', async () => {
    const visitor = newVisitor(school.tool);
    const page = await visitor.launch(school.lms.manners[manner], {
      person: 'student01',
      course: 'advisory',
    });
    expect(page.path).toBe('/plan');
    expect([...visitor.cookies.keys()]).toContain('__Host-waymark');
  });

  it('takes an advisor to the caseload', async () => {
    const visitor = newVisitor(school.tool);
    const page = await visitor.launch(school.lms.manners[manner], { person: 'advisor1', course: 'advisory' });
    expect(page.path).toBe('/caseload');
  });
});
