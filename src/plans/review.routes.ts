import type { Declaration } from '../web/route.ts';

export function reviewRoutes(): Declaration[] {
  return [];
}
