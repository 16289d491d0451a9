import type { Declaration } from '../web/route.ts';

export function caseloadRoutes(): Declaration[] {
  return [];
}
