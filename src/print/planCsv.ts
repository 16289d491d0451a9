import { stringify } from 'csv-stringify/sync';
import type { Words } from '../shared/page.ts';
import type { PlanDocument } from './planDocument.ts';

/**
 * A plan as a table: section, part, what, text. UTF-8 with a byte order mark, so that spreadsheets read it right;
 * cells that a spreadsheet would run as a formula are escaped (quality.md D7).
 */
export function planCsv({ t }: Words, { sections }: PlanDocument): string {
  const head = [t('print.csv.section'), t('print.csv.part'), t('print.csv.label'), t('print.csv.text')];
  const rows = sections.flatMap(({ title, blocks }) =>
    blocks.flatMap((block) => block.lines.map(({ label, text }) => [title, block.title, label, text])),
  );
  return stringify([head, ...rows], { bom: true, escape_formulas: true, record_delimiter: 'windows' });
}
