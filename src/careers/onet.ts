/**
 * O*NET text files (onetcenter.org, data dictionary): tab-separated, with a heading line. We keep an occupation's
 * title and description and its interests. The fields of work are our own sorting by occupation group.
 */
import { LETTERS, type Letter } from '../inventory/riasec.ts';
import { say } from '../plans/say.ts';
import type { Career } from './career.ts';

/** Rows of a table by column name in small letters, with the line of the file they stand in. */
export interface TableRow {
  line: number;
  cells: Readonly<Record<string, string>>;
}

export interface BadLine {
  line: number;
  message: string;
}

export const OCCUPATION_COLUMNS = ['o*net-soc code', 'title', 'description'] as const;
export const INTEREST_COLUMNS = ['o*net-soc code', 'element name', 'scale id', 'data value'] as const;

/** O*NET-SOC code: `29-1141.00`. */
const CODE = /^\d{2}-\d{4}(?:\.\d{2})?$/;

/** Cluster ids by the major group of the Standard Occupational Classification; our sorting, not O*NET's. */
const CLUSTER_OF_GROUP: Readonly<Record<string, string>> = {
  '11': 'management',
  '13': 'finance',
  '15': 'digital',
  '17': 'manufacturing',
  '19': 'energy',
  '21': 'health',
  '23': 'public',
  '25': 'education',
  '27': 'arts',
  '29': 'health',
  '31': 'health',
  '33': 'public',
  '35': 'hospitality',
  '37': 'hospitality',
  '39': 'health',
  '41': 'marketing',
  '43': 'management',
  '45': 'agriculture',
  '47': 'construction',
  '49': 'manufacturing',
  '51': 'manufacturing',
  '53': 'transport',
  '55': 'public',
};

/** The line that the licence of the O*NET database asks for where its data is shown. */
export function onetSource(version: string): string {
  return say('careers.import.onetSource', { version });
}

/** Careers out of "Occupation Data"; one that is there already keeps its interests. */
export function occupationsFrom(
  rows: readonly TableRow[],
  known: readonly Career[],
  source: string,
): { careers: Career[]; bad: BadLine[] } {
  const before = new Map(known.map((career) => [career.id, career]));
  const bad: BadLine[] = [];
  const careers = rows.flatMap(({ line, cells }): Career[] => {
    const id = cells['o*net-soc code'] ?? '';
    const [title, does] = [cells['title'] ?? '', cells['description'] ?? ''];
    if (!CODE.test(id) || title === '' || does === '') {
      bad.push({ line, message: say('careers.import.error.occupation') });
      return [];
    }
    return [
      {
        ...EMPTY,
        id,
        title,
        does,
        source,
        cluster: clusterOfCode(id),
        interests: before.get(id)?.interests ?? [],
      },
    ];
  });
  return { careers, bad };
}

const EMPTY = { education: null, subjects: [], skills: [], pay: null, outlook: null } as const;

function clusterOfCode(code: string): string | null {
  return CLUSTER_OF_GROUP[code.slice(0, 2)] ?? null;
}

/** A level of 4 of 7 or more says that an occupation is of that kind. */
const ENOUGH = 4;

/**
 * Careers with their interests out of "Interests": the high points (IH, in the order the file names them) where it
 * has any, else up to three levels (OI) of at least 4, the highest first; at least the highest.
 */
export function interestsFrom(
  rows: readonly TableRow[],
  known: readonly Career[],
): { careers: Career[]; bad: BadLine[] } {
  const before = new Map(known.map((career) => [career.id, career]));
  const bad: BadLine[] = [];
  const byCode = new Map<string, TableRow[]>();
  for (const row of rows) {
    const code = row.cells['o*net-soc code'] ?? '';
    const list = byCode.get(code);
    if (list) list.push(row);
    else byCode.set(code, [row]);
  }
  const careers = [...byCode].flatMap(([code, lines]): Career[] => {
    const career = before.get(code);
    if (career) return [{ ...career, interests: lettersOf(lines) }];
    bad.push({ line: lines[0]?.line ?? 0, message: say('careers.import.error.unknownOccupation', { code }) });
    return [];
  });
  return { careers, bad };
}

function lettersOf(rows: readonly TableRow[]): Letter[] {
  const values = (scale: string) =>
    rows
      .filter(({ cells }) => cells['scale id'] === scale)
      .map(({ cells }) => ({ name: cells['element name'] ?? '', value: Number(cells['data value']) }));
  // High points are numbers of the six kinds, 1 Realistic to 6 Conventional; 0: none.
  const high = values('IH').flatMap(({ value }) => LETTERS[value - 1] ?? []);
  if (high.length > 0) return [...new Set(high)].slice(0, 3);
  const levels = values('OI')
    .flatMap(({ name, value }) =>
      LETTERS.filter((letter) => name.startsWith(letter)).map((letter) => ({ letter, value })),
    )
    .toSorted((a, b) => b.value - a.value);
  const strong = levels.filter(({ value }) => value >= ENOUGH);
  return (strong.length > 0 ? strong : levels.slice(0, 1)).slice(0, 3).map(({ letter }) => letter);
}
