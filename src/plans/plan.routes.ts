import type { Declaration } from '../web/route.ts';

export function planRoutes(): Declaration[] {
  return [];
}
