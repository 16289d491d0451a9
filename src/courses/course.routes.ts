import type { Declaration } from '../web/route.ts';

export function courseRoutes(): Declaration[] {
  return [];
}
