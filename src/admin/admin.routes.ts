import type { Declaration } from '../web/route.ts';

export function adminRoutes(): Declaration[] {
  return [];
}
