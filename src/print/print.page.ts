import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head } from '../shared/parts.ts';
import type { PlanDocument } from './planDocument.ts';

/** The plan as a sheet of paper, with the ways to take it along. */
export interface PrintPage extends PageModel {
  head: Head;
  actions: Action[];
  /** Why there is no PDF here; null: there is. */
  noPdf: string | null;
  document: PlanDocument;
}

/** Only the sheet, as the PDF's browser gets it. */
export interface PaperPage extends PageModel {
  document: PlanDocument;
}

declare module '../shared/page.ts' {
  interface Pages {
    'print/show': PrintPage;
    'print/paper': PaperPage;
  }
}

export interface PrintLinks {
  back: { href: string; label: string };
  pdf: string;
  json: string;
  csv: string;
}

export function printPage(
  { t }: Words,
  document: PlanDocument,
  links: PrintLinks,
  { own, hasPdf }: { own: boolean; hasPdf: boolean },
): PrintPage {
  const title = own ? t('print.title') : t('print.titleOf', { name: document.student });
  const pdf: Action = { label: t('print.pdf'), href: links.pdf, kind: 'primary', icon: 'dl' };
  return {
    title,
    styles: 'wide',
    head: { title, lede: t(own ? 'print.lede' : 'print.ledeOf'), back: links.back },
    actions: [
      ...(hasPdf ? [pdf] : []),
      { label: t('print.json'), href: links.json, icon: 'dl' },
      { label: t('print.csv'), href: links.csv, icon: 'dl' },
    ],
    noPdf: hasPdf ? null : t('print.noPdf'),
    document,
  };
}
