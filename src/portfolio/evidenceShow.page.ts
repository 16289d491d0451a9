import type { PageModel, Words } from '../shared/page.ts';
import type { Action, Head, Notice } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import type { Evidence } from './evidence.ts';
import {
  audienceOf,
  capstoneChip,
  eyebrowOf,
  lookOf,
  namesIn,
  sizeText,
  skillNames,
} from './evidenceWords.page.ts';
import { hostOf, safeLink } from './link.ts';
import type { PortfolioFacts } from './portfolioFacts.ts';

/** One piece of evidence to look at. */
export interface EvidencePage extends PageModel {
  head: Head;
  notices: Notice[];
  picture: { src: string; alt: string; width: number; height: number } | null;
  /** A picture without a description says so to its owner. */
  noAlt: string | null;
  download: { href: string; label: string; sub: string } | null;
  link: { href: string; label: string; address: string } | null;
  /** A stored address that must not be opened, as text. */
  unsafe: { text: string; why: string } | null;
  /** Texts with a heading, in reading order. */
  texts: { id: string; title: string; text: string }[];
  about: { label: string; value: string }[];
  actions: Action[];
  /** A form of one button each: put away, bring back, confirm. */
  posts: {
    action: string;
    label: string;
    kind: 'primary' | 'plain' | 'quiet';
    icon: string | null;
    name: string;
    value: string;
  }[];
}

declare module '../shared/page.ts' {
  interface Pages {
    'portfolio/show': EvidencePage;
  }
}

/** Who reads: its student, or staff (`called`: the student's given name). */
export type ReadBy =
  { as: 'student' } | { as: 'staff'; called: string; mayConfirm: boolean; student: string };

export function evidencePage(
  words: Words,
  facts: PortfolioFacts,
  evidence: Evidence,
  by: ReadBy,
): EvidencePage {
  const { t } = words;
  const own = by.as === 'student';
  const away = evidence.archivedAt !== null;
  const back = own
    ? { href: away ? `${paths.portfolio}?show=archived` : paths.portfolio, label: t('portfolio.back') }
    : {
        href: paths.studentPortfolio(by.student),
        label: t('portfolio.staff.backToList', { name: by.called }),
      };
  return {
    title: evidence.title,
    styles: 'wide',
    head: {
      title: evidence.title,
      eyebrow: eyebrowOf(words, evidence),
      status: capstoneChip(words, evidence),
      back,
    },
    notices: noticesOf(words, evidence, by),
    ...contentsOf(words, evidence),
    noAlt: own && lookOf(evidence) === 'picture' && evidence.alt === '' ? t('portfolio.show.noAlt') : null,
    texts: textsOf(words, evidence),
    about: aboutOf(words, facts, evidence, own),
    actions:
      own && !away
        ? [{ label: t('portfolio.show.edit'), href: paths.editEvidence(evidence.id), icon: 'pencil' }]
        : [],
    posts: postsOf(words, evidence, by),
  };
}

function noticesOf({ t }: Words, evidence: Evidence, by: ReadBy): Notice[] {
  const away: Notice = {
    id: 'away',
    tone: 'now',
    icon: 'folder',
    title: t('portfolio.show.archived'),
    text: t('portfolio.show.archivedBody'),
  };
  if (by.as === 'student') return evidence.archivedAt ? [away] : [];
  if (!by.mayConfirm || !evidence.capstone || evidence.confirmedAt) return [];
  const title = t('portfolio.staff.asks', { name: by.called });
  return [{ id: 'capstone', tone: 'now', icon: 'star', title, text: t('portfolio.staff.asksBody') }];
}

type Contents = Pick<EvidencePage, 'picture' | 'download' | 'link' | 'unsafe'>;

function contentsOf(words: Words, { id, file, url, alt, title }: Evidence): Contents {
  const { t } = words;
  const href = paths.evidenceFile(id);
  const safe = url === null ? null : safeLink(url);
  return {
    picture:
      file?.width && file.height
        ? { src: href, alt: alt || title, width: file.width, height: file.height }
        : null,
    download: file && {
      href,
      label: t('portfolio.show.download', { name: file.name }),
      sub: `${t(`files.type.${file.type}`)}, ${sizeText(words, file.bytes)}`,
    },
    link:
      safe === null
        ? null
        : { href: safe, label: t('portfolio.show.open', { host: hostOf(safe) }), address: safe },
    unsafe: url !== null && safe === null ? { text: url, why: t('portfolio.show.notSafe') } : null,
  };
}

function textsOf({ t }: Words, { text, reflection, alt }: Evidence): EvidencePage['texts'] {
  return [
    ...(text ? [{ id: 'words', title: t('portfolio.show.words'), text }] : []),
    {
      id: 'learned',
      title: t('portfolio.show.reflection'),
      text: reflection || t('portfolio.show.noReflection'),
    },
    ...(alt ? [{ id: 'shows', title: t('portfolio.show.alt'), text: alt }] : []),
  ];
}

function aboutOf(
  words: Words,
  facts: PortfolioFacts,
  evidence: Evidence,
  own: boolean,
): EvidencePage['about'] {
  const { t, fmt } = words;
  const { confirmedAt, confirmedBy, capstone } = evidence;
  const state = confirmedAt
    ? t('portfolio.show.confirmedBy', {
        name: facts.names.get(confirmedBy ?? '') ?? t('portfolio.anAdvisor'),
        day: fmt.date(confirmedAt),
      })
    : t('portfolio.show.waits');
  return [
    { label: t('portfolio.show.goals'), value: namesIn(evidence.goals, facts.goals).join('\n') },
    { label: t('portfolio.show.skills'), value: fmt.list(skillNames(words, evidence.skills)) },
    { label: t('portfolio.show.courses'), value: fmt.list(namesIn(evidence.courses, facts.courses)) },
    { label: t('portfolio.show.tasks'), value: fmt.list(namesIn(evidence.tasks, facts.tasks)) },
    { label: t('portfolio.show.capstone'), value: capstone ? state : '' },
    { label: t('portfolio.show.sees'), value: audienceOf(words, evidence, facts, own) },
  ].filter(({ value }) => value !== '');
}

function postsOf(
  { t }: Words,
  { id, archivedAt, capstone, confirmedAt }: Evidence,
  by: ReadBy,
): EvidencePage['posts'] {
  if (by.as === 'student')
    return archivedAt === null
      ? [
          {
            action: paths.archiveEvidence(id),
            label: t('portfolio.show.archive'),
            kind: 'quiet',
            icon: 'folder',
            name: 'do',
            value: 'archive',
          },
        ]
      : [
          {
            action: paths.restoreEvidence(id),
            label: t('portfolio.show.restore'),
            kind: 'primary',
            icon: 'undo',
            name: 'do',
            value: 'restore',
          },
        ];
  if (!by.mayConfirm || !capstone) return [];
  const action = paths.confirmCapstone(id);
  return confirmedAt
    ? [
        {
          action,
          label: t('portfolio.staff.unconfirm'),
          kind: 'quiet',
          icon: 'undo',
          name: 'confirm',
          value: 'no',
        },
      ]
    : [
        {
          action,
          label: t('portfolio.staff.confirm'),
          kind: 'primary',
          icon: 'check',
          name: 'confirm',
          value: 'yes',
        },
      ];
}
