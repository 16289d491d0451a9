import { resourceIdOf, TAG } from '../jobs/lineItem.ts';
import type { TaskLink } from '../tasks/task.ts';
import { LINK_PARAMETER } from './launch.ts';
import type { ContentItem } from './score.ts';

/**
 * The assignment an LMS is asked to make of a task (Deep Linking 2.0 section 3.2): an LTI link that carries its
 * own uuid, for ids of the LMS change when a course is copied, and a grade column found again by its resource id.
 * @param withColumn the place takes a line item (`accept_lineitem`)
 */
export function contentItemOf(
  link: TaskLink,
  { text, launchUrl, withColumn }: { text: string; launchUrl: string; withColumn: boolean },
): ContentItem {
  const column = {
    label: link.title,
    scoreMaximum: link.points,
    resourceId: resourceIdOf(link.uuid),
    tag: TAG,
  };
  return {
    url: launchUrl,
    title: link.title,
    text,
    custom: { [LINK_PARAMETER]: link.uuid },
    ...(withColumn ? { lineItem: column } : {}),
    ...(link.dueAt ? { dueAt: link.dueAt } : {}),
  };
}
