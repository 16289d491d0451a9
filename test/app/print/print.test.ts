import { describe, expect, it } from 'vitest';
import { historyOf } from '../../../src/audit/audit.service.ts';
import { paths } from '../../../src/shared/paths.ts';
import { useSchool } from '../../support/school.ts';

const school = useSchool();

describe('taking a plan along', () => {
  it('gives the student a tagged PDF, the data and a table', async () => {
    const student = await school.as('student01');
    expect((await student.get(paths.print)).text).toContain('This is how your plan looks on paper');
    const pdf = await student.get(paths.printPdf);
    expect([pdf.status, pdf.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(pdf.headers.get('content-disposition')).toBe('attachment; filename=plan.pdf');
    expect(pdf.text.startsWith('%PDF-')).toBe(true);
    expect(pdf.text).toMatch(/\/StructTreeRoot/);
    const data = JSON.parse((await student.get(paths.printJson)).text) as Record<string, unknown>;
    expect(data).toMatchObject({ format: 'waymark-plan-1', plan: { state: 'not_started' } });
    expect(Object.keys(data['parts'] as object)).toContain('careers');
    expect((await student.get(paths.printCsv)).text).toContain('Section,Part,What,Text');
  });

  it('is told in the history when staff does it, and not when the student does', async () => {
    const person = await school.person('student01');
    const exported = async (): Promise<string[]> =>
      (await historyOf(school.institution, person, { actions: ['plan.exported'], limit: 9 })).map(
        ({ actor }) => actor,
      );
    expect(await exported()).toEqual([]);
    const advisor = await school.as('advisor1');
    expect((await advisor.get(paths.printOf(person))).text).toContain('Print the plan of');
    expect((await advisor.get(paths.printJsonOf(person))).status).toBe(200);
    expect(await exported()).toEqual([await school.person('advisor1')]);
  });
});
