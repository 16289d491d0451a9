import type { PageModel, Words } from '../shared/page.ts';
import type { Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';

/** ILP and IEP side by side. It explains, and gives no legal advice. */
export interface ExplainPage extends PageModel {
  head: Head;
  columns: { ilp: string; iep: string };
  rows: { id: string; topic: string; ilp: string; iep: string }[];
  sections: { id: string; title: string; paragraphs: string[]; items: string[] }[];
  sources: string[];
  note: string;
}

declare module '../shared/page.ts' {
  interface Pages {
    'coordination/explain': ExplainPage;
  }
}

const TOPICS = [
  'purpose',
  'law',
  'eligibility',
  'components',
  'team',
  'review',
  'focus',
  'family',
  'transition',
] as const;
const CHOOSING = ['need', 'right', 'both', 'together', 'ask'] as const;
const SOURCES = ['idea', 'section504', 'states'] as const;

/** @param inside the reader has a session, so the page keeps its navigation */
export function explainPage({ t }: Words, inside: boolean): ExplainPage {
  const title = t('explain.title');
  return {
    title,
    styles: 'wide',
    layout: inside ? 'app' : 'plain',
    head: { title, lede: t('explain.lede'), back: { href: paths.help, label: t('explain.back') } },
    columns: { ilp: t('explain.ilp'), iep: t('explain.iep') },
    rows: TOPICS.map((topic) => ({
      id: topic,
      topic: t(`explain.${topic}`),
      ilp: t(`explain.${topic}.ilp`),
      iep: t(`explain.${topic}.iep`),
    })),
    sections: [
      {
        id: 'choosing',
        title: t('explain.choosing'),
        paragraphs: [],
        items: CHOOSING.map((what) => t(`explain.choosing.${what}`)),
      },
      { id: 'too', title: t('explain.too'), paragraphs: [t('explain.too.body')], items: [] },
      { id: 'others', title: t('explain.others'), paragraphs: [t('explain.others.body')], items: [] },
    ],
    sources: SOURCES.map((source) => t(`explain.source.${source}`)),
    note: t('explain.note'),
  };
}
