import type { Declaration } from '../web/route.ts';

export function deepLinkRoutes(): Declaration[] {
  return [];
}
