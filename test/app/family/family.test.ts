import { describe, expect, it } from 'vitest';
import { openPlan } from '../../../src/plans/plan.service.ts';
import { saveProfilePart } from '../../../src/plans/profile.service.ts';
import { addComment } from '../../../src/plans/comment.service.ts';
import { replaceWards } from '../../../src/people/relationship.store.ts';
import { paths } from '../../../src/shared/paths.ts';
import { findSessionOf } from '../../support/sessions.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

describe('a family', () => {
  it('lands on its only child’s plan and reads what is finished, nothing else', async () => {
    const child = await school.person('student02');
    const own = { institution: school.institution, person: child, role: 'student' as const, via: null };
    const now = new Date();
    await openPlan(school.institution, child, now);
    await saveProfilePart(own, child, 'strengths', { text: 'I draw maps.', finished: true }, 0, now);
    await saveProfilePart(own, child, 'interests', { text: 'A secret draft.', finished: false }, 0, now);
    const staff = { ...own, person: await school.person('advisor1'), role: 'advisor' as const };
    const note = { section: 'strengths' as const, text: 'Only for staff.', visibility: 'staff' as const };
    await addComment(staff, child, note, now);

    const parent = await school.as('parent2');
    const page = await parent.get(paths.family);
    expect(page.path).toBe(paths.ward(child));
    expect(page.status).toBe(200);
    expect(page.text).toContain('I draw maps.');
    expect(page.text).toContain('is building the plan.');
    expect(page.text).not.toContain('A secret draft.');
    expect(page.text).not.toContain('Only for staff.');
    expect(page.text).not.toContain('<table');
    expect(page.text).toContain('Ottilie Brannigan');
  });

  it('of several children chooses', async () => {
    const parent = await school.as('parent1');
    const { institution, person } = await findSessionOf(parent);
    const both = await Promise.all(['student01', 'student29'].map((key) => school.person(key)));
    await replaceWards({ institution, person, course: null }, both, new Date(Date.now() + 60_000));
    const page = await parent.get(paths.family);
    expect(page.path).toBe(paths.family);
    for (const child of both) expect(page.text).toContain(`href="${paths.ward(child)}"`);
  });

  it('sees no other child, no student’s own pages and nothing of the staff', async () => {
    const parent = await school.as('parent2');
    const other = await school.person('student03');
    expect((await parent.get(paths.ward(other))).status).toBe(404);
    const child = await school.person('student02');
    expect((await parent.get(paths.review(child))).status).toBe(403);
    expect((await parent.get(paths.courses)).status).toBe(403);
    expect((await parent.get(paths.admin)).status).toBe(403);
  });
});

describe('others', () => {
  it('have no children here, and read how that changes', async () => {
    const advisor = await school.as('advisor1');
    const page = await advisor.get(paths.family);
    expect(page.text).toContain('No child is linked to you yet');
    const student = await school.person('student02');
    expect((await advisor.get(paths.ward(student))).status).toBe(403);
  });
});
