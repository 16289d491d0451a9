import type { Declaration } from '../web/route.ts';

export function goalRoutes(): Declaration[] {
  return [];
}
