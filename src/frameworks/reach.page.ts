import type { Words } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { partName, roleName, sectionName } from './frameworkWords.page.ts';
import { isBlocking, sectionOf, type Obstacle, type Reach } from './reach.ts';

/** What keeps plans from 100 %, each with a link to where it is settled. */
export interface ReachNotice {
  title: string;
  lede: string;
  items: { href: string; title: string; text: string }[];
}

/** @param editor address of the editor, from another page @returns null when nothing stands in the way */
export function reachNotice(words: Words, { highest, obstacles }: Reach, editor = ''): ReachNotice | null {
  if (obstacles.length === 0) return null;
  const { t } = words;
  const blocking = obstacles.filter(isBlocking);
  const stops = blocking.length > 0;
  return {
    title: t(stops ? 'frameworks.reach.title' : 'frameworks.reach.warnTitle'),
    lede: stops
      ? t('frameworks.reach.lede', { highest: highest ?? 0, count: blocking.length })
      : t('frameworks.reach.warnLede'),
    items: obstacles.map((obstacle) => itemOf(words, obstacle, editor)),
  };
}

function itemOf(words: Words, obstacle: Obstacle, editor: string): ReachNotice['items'][number] {
  const { t } = words;
  const why = t(`frameworks.reach.lack.${obstacle.lack}`);
  switch (obstacle.at) {
    case 'part': {
      const title = obstacle.required ? 'frameworks.reach.partRequired' : 'frameworks.reach.partOptional';
      const section = sectionName(words, sectionOf(obstacle.key));
      return {
        href: `${editor}#c-${obstacle.key}`,
        title: t(title, { part: partName(words, obstacle.key) }),
        text: t('frameworks.reach.cost', { section, share: obstacle.cost, why }),
      };
    }
    case 'signature': {
      const role = roleName(words, obstacle.role);
      return {
        href: `${editor}#signatures`,
        title: t(obstacle.onPaper ? 'frameworks.reach.paper' : 'frameworks.reach.signature', { role }),
        text: t(obstacle.onPaper ? 'frameworks.reach.paperWhy' : 'frameworks.reach.gate', { why }),
      };
    }
    case 'approval':
      return {
        href: `${paths.admin}#courses`,
        title: t('frameworks.reach.approval'),
        text: t('frameworks.reach.gate', { why }),
      };
  }
}
