import type { Declaration } from '../web/route.ts';

export function familyRoutes(): Declaration[] {
  return [];
}
