import { describe, expect, test } from 'vitest';
import type { Career } from '../../../src/careers/career.ts';
import { withRecords, type StoredRecord } from '../../../src/careers/catalogue.ts';
import { checkFile, type CatalogueImport, type Format } from '../../../src/careers/catalogueImport.ts';
import { careerCheckPage, careerImportPage } from '../../../src/careers/import.page.ts';
import { starterCatalogue } from '../../../src/careers/starter.ts';
import { anId, NOW, outcomeOf } from '../../support/build.ts';
import { renderPage, words } from '../views/render.ts';

const catalogue = starterCatalogue();
const check = (format: Format, text: string, version = '', known = catalogue) =>
  checkFile({ format, text, version }, known);

const HEAD = 'id,title,cluster,does,interests,education,subjects,skills,pay,outlook,source';

const OCCUPATIONS = [
  'O*NET-SOC Code\tTitle\tDescription',
  '29-1141.00\tRegistered Nurses\tAssess "patient" health problems and needs.',
  '47-2111.00\tElectricians\tInstall wiring.',
  'oops\tNobody\tDoes nothing.',
].join('\r\n');

const INTERESTS = [
  'O*NET-SOC Code\tElement ID\tElement Name\tScale ID\tData Value\tDate\tDomain Source',
  '29-1141.00\t1.B.1.d\tSocial\tOI\t7.00\t11/2023\tX',
  '29-1141.00\t1.B.1.b\tInvestigative\tOI\t5.30\t11/2023\tX',
  '29-1141.00\t1.B.1.a\tRealistic\tOI\t2.10\t11/2023\tX',
  '29-1141.00\t1.B.1.g\tFirst Interest High-Point\tIH\t4.00\t11/2023\tX',
  '29-1141.00\t1.B.1.h\tSecond Interest High-Point\tIH\t2.00\t11/2023\tX',
  '29-1141.00\t1.B.1.i\tThird Interest High-Point\tIH\t0.00\t11/2023\tX',
  '47-2111.00\t1.B.1.a\tRealistic\tOI\t6.70\t11/2023\tX',
  '47-2111.00\t1.B.1.f\tConventional\tOI\t4.00\t11/2023\tX',
  '47-2111.00\t1.B.1.b\tInvestigative\tOI\t3.99\t11/2023\tX',
  '99-9999.00\t1.B.1.b\tInvestigative\tOI\t3.99\t11/2023\tX',
].join('\n');

describe('a file of careers', () => {
  test('tells new, changed and the same from bad lines with their number', () => {
    const chef = catalogue.careers.find(({ id }) => id === 'chef') as Career;
    const same = `chef,Chef,hospitality,"${chef.does}",EAR,certificate,health; math; business,${chef.skills.join(';')},,,`;
    const text = [
      HEAD,
      same,
      'baker,Baker,hospitality,You bake bread.,REC,certificate,health;math,Baking,,,',
      'plumber,Plumber,construction,You mend pipes.,RC,apprenticeship,math,,,,',
      'x,,nowhere,You do.,RR,phd,magic,,,,',
      'baker,Baker again,hospitality,You bake.,R,,,,,,',
      'lost,Lost,nowhere,You are lost.,R,,,,,,',
      'rich,Rich,finance,You have money.,E,,,,A lot,,',
    ].join('\n');
    const checked = check('career', text);
    expect([checked.added, checked.changed, checked.same]).toEqual([1, 1, 1]);
    expect(checked.bad.map(({ line }) => line)).toEqual([5, 6, 7, 8]);
    expect(checked.bad[0]?.message).toContain('title: This is missing.');
    expect(checked.bad[1]?.message).toBe('The id baker stands in line 3 already.');
    expect(checked.bad[2]?.message).toContain('no field with the id nowhere');
    expect(checked.bad[3]?.message).toContain('Name the source of pay or outlook.');
  });

  test('can be JSON, with a byte order mark or extra columns', () => {
    const row = { id: 'baker', title: 'Baker', does: 'You bake.', interests: 'REC', subjects: ['math'] };
    expect(check('career', JSON.stringify([row])).rows[0]?.data).toMatchObject({
      id: 'baker',
      interests: ['R', 'E', 'C'],
      subjects: ['math'],
      education: null,
      pay: null,
    });
    expect(check('career', JSON.stringify({ careers: [row] })).added).toBe(1);
    expect(check('career', '\uFEFFid,title,does,colour\nbaker,Baker,You bake.,red').added).toBe(1);
  });

  test.each([
    ['career', ''],
    ['career', '   '],
    ['career', 'title,does\nBaker,Bakes'],
    ['career', '[{"id":'],
    ['programme', HEAD],
    ['onetOccupations', 'code\ttitle'],
    ['onetInterests', 'O*NET-SOC Code\tElement Name'],
  ] as const)('%s: what cannot be read as a whole is refused: %j', (format, text) => {
    expect(outcomeOf(() => check(format, text, '29.1'))).toBe('Invalid');
  });

  test('fields and programs come the same way, in the one order a file asks for', () => {
    const field = check('cluster', 'id,title,does\nspace,Space,Go to space.').rows[0];
    expect(field).toMatchObject({ kind: 'cluster', key: 'space', isNew: true });
    const programme = check(
      'programme',
      'id,title,kind,does,length\nspace-1,Space school,bachelor,Learn.,4 years',
    );
    expect(programme).toMatchObject({ added: 1, bad: [] });
    const wrong = check('programme', 'id,title,kind,does,length\nspace-1,Space school,night,Learn.,4 years');
    expect(wrong.bad[0]?.message).toContain('Kind is one of');
  });
});

describe('O*NET text files', () => {
  const occupations = check('onetOccupations', OCCUPATIONS, '29.1');

  test('Occupation Data becomes careers with the attribution line, sorted into fields', () => {
    expect([occupations.added, occupations.bad.map(({ line }) => line)]).toEqual([2, [4]]);
    expect(occupations.rows[0]?.data).toMatchObject({
      id: '29-1141.00',
      cluster: 'health',
      does: 'Assess "patient" health problems and needs.',
      education: null,
      pay: null,
    });
    const source = (occupations.rows[0]?.data as Career | undefined)?.source;
    for (const words of ['O*NET 29.1 Database', 'USDOL/ETA', 'CC BY 4.0', 'has not approved'])
      expect(source).toContain(words);
  });

  test('the version is asked for', () => {
    expect(outcomeOf(() => check('onetOccupations', OCCUPATIONS, 'new'))).toBe('Invalid');
  });

  test('Interests give high points, else levels of 4 and more; unknown occupations are bad lines', () => {
    const stored = occupations.rows.map((row): StoredRecord => ({ ...row, import: anId() }));
    const known = withRecords(catalogue, stored);
    const checked = check('onetInterests', INTERESTS, '', known);
    const letters = checked.rows.map(({ data }) => [data.id, (data as Career).interests.join('')]);
    expect(letters).toEqual([
      ['29-1141.00', 'SI'],
      ['47-2111.00', 'RC'],
    ]);
    expect(checked.bad).toEqual([
      { line: 11, message: 'No occupation 99-9999.00 in this file or an earlier import.' },
    ]);
    const later = withRecords(
      catalogue,
      checked.rows.map((row): StoredRecord => ({ ...row, import: anId() })),
    );
    const again = check('onetOccupations', OCCUPATIONS, '29.1', later);
    expect([again.added, again.changed, again.same]).toEqual([0, 0, 2]);
  });
});

test('an own row takes the place of the starter row with its id', () => {
  const [chef] = check('career', 'id,title,does\nchef,Cook,You cook.').rows;
  if (!chef) throw new Error('nothing was read');
  const merged = withRecords(catalogue, [{ ...chef, import: anId() }]);
  expect(merged.careers).toHaveLength(catalogue.careers.length);
  expect(merged.careers.find(({ id }) => id === 'chef')?.title).toBe('Cook');
});

test('the pages show the check and what was imported', () => {
  const { rows, ...counts } = check('career', 'id,title,does\nchef,Cook <b>,You cook.\nx,,y');
  const one: CatalogueImport = {
    ...counts,
    rows,
    id: anId(),
    institution: anId(),
    format: 'career',
    state: 'checked',
    badCount: 3,
    by: anId(),
    at: NOW,
    expiresAt: NOW,
  };
  const html = renderPage('careers/check', careerCheckPage(words, one));
  for (const text of ['Import 1 row', 'Line 3', '2 more lines with a problem', 'Cook &lt;b&gt;'])
    expect(html).toContain(text);
  const empty = renderPage('careers/check', careerCheckPage(words, { ...one, rows: [], badCount: 0 }));
  expect(empty).toContain('There is nothing to import');
  const past = [
    { ...one, state: 'done' as const },
    { ...one, state: 'undone' as const },
  ];
  const list = careerImportPage(words, { catalogue, past, names: new Map([[one.by, 'A B']]) });
  const listed = renderPage('careers/import', list);
  expect(listed).toContain('44 careers, 28 programs and 14 fields');
  expect(listed.match(/Take back/g)).toHaveLength(1);
});
