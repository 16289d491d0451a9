import type { FieldError } from '../shared/errors.ts';
import type { PageModel, Words } from '../shared/page.ts';
import type { Head } from '../shared/parts.ts';
import { paths } from '../shared/paths.ts';
import { differenceOf } from './difference.ts';
import { linesOf, versionName, type GroupOfLines } from './frameworkWords.page.ts';
import { reachNotice, type ReachNotice } from './reach.page.ts';
import { isBlocking, type Reach } from './reach.ts';
import { flawsOf, frameworkOfTemplate, type Template } from './template.ts';

/** Two versions beside each other and, for a draft, the way to publish it. */
export interface ComparePage extends PageModel {
  head: Head;
  errors: readonly FieldError[];
  groups: GroupOfLines[];
  nothing: string | null;
  publish: {
    title: string;
    text: string;
    action: string;
    version: number;
    flaws: string[];
    reach: ReachNotice | null;
    /** A box to tick is shown because no plan could reach 100 %. */
    asks: boolean;
  } | null;
}

declare module '../shared/page.ts' {
  interface Pages {
    'frameworks/compare': ComparePage;
  }
}

export interface CompareFacts {
  template: Template;
  other: Template | null;
  reach: Reach;
  /** Plans on earlier versions of this template. */
  plans: number;
  errors?: readonly FieldError[];
}

export function comparePage(words: Words, facts: CompareFacts): ComparePage {
  const { t } = words;
  const { template, other, errors = [] } = facts;
  const title = t('frameworks.compare.title');
  const groups = other
    ? linesOf(words, differenceOf(frameworkOfTemplate(other), frameworkOfTemplate(template)))
    : [];
  const same = groups.length === 0 ? t('frameworks.compare.same') : null;
  return {
    title,
    styles: 'wide',
    head: {
      title,
      eyebrow: template.name,
      lede: other
        ? t('frameworks.compare.lede', { to: versionName(words, template), from: versionName(words, other) })
        : null,
      back: { href: paths.adminFramework(template.id), label: t('frameworks.compare.back') },
    },
    errors,
    groups,
    nothing: other ? same : t('frameworks.compare.first'),
    publish: template.status === 'draft' ? publishOf(words, facts) : null,
  };
}

function publishOf(words: Words, { template, reach, plans }: CompareFacts): ComparePage['publish'] {
  const { t } = words;
  const { version, id, saved } = template;
  return {
    title: t('frameworks.publish.title', { version }),
    text: t('frameworks.publish.text', { plans }),
    action: paths.publishFramework(id),
    version: saved,
    flaws: flawsOf(template).map((flaw) => t(`templates.flaw.${flaw}`)),
    reach: reachNotice(words, reach, paths.adminFramework(id)),
    asks: reach.obstacles.some(isBlocking),
  };
}
