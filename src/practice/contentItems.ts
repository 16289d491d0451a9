import { z } from 'zod';

// Content items of a deep-linking response (Deep Linking 2.0, 3.1). Only what an LMS reads is described;
// members nobody reads pass.

const Period = z.looseObject({
  startDateTime: z.iso.datetime({ offset: true }).optional(),
  endDateTime: z.iso.datetime({ offset: true }).optional(),
});

const ItemLineItem = z.looseObject({
  label: z.string().optional(),
  scoreMaximum: z.unknown().optional(),
  resourceId: z.string().optional(),
  tag: z.string().optional(),
  gradesReleased: z.boolean().optional(),
  submissionReview: z.unknown().optional(),
});

export const ContentItem = z.looseObject({
  type: z.string(),
  url: z.string().optional(),
  title: z.string().optional(),
  text: z.string().optional(),
  custom: z.record(z.string(), z.unknown()).optional(),
  window: z.looseObject({ targetName: z.string().optional() }).optional(),
  iframe: z.looseObject({}).optional(),
  lineItem: ItemLineItem.optional(),
  available: Period.optional(),
  submission: Period.optional(),
});
export type ContentItem = z.infer<typeof ContentItem>;

/** True when every custom value is text, as Deep Linking 2.0 asks and Canvas insists on. */
export function hasTextCustom(item: ContentItem): boolean {
  return Object.values(item.custom ?? {}).every((value) => typeof value === 'string');
}

/** Custom parameters as text; anything else is dropped. */
export function textCustom(item: ContentItem): Record<string, string> {
  const entries = Object.entries(item.custom ?? {});
  return Object.fromEntries(
    entries.flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

/** The points of an item's line item when they are a number above zero, else null. */
export function pointsOf(item: ContentItem): number | null {
  const points = item.lineItem?.scoreMaximum;
  return typeof points === 'number' && Number.isFinite(points) && points > 0 ? points : null;
}

/** The name an LMS gives to the thing it makes. */
export function nameOf(item: ContentItem): string {
  return item.lineItem?.label ?? item.title ?? 'Untitled';
}
