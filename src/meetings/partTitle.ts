import { PART_KEYS } from '../plans/planPart.ts';
import type { Words } from '../shared/page.ts';

/** A part's heading by its key, for points of an agenda. */
export function partTitleIn({ t }: Words): (key: string) => string {
  return (key) => {
    const found = PART_KEYS.find((one) => one === key);
    return t(found ? `plans.part.${found}` : 'plans.part.plan');
  };
}
