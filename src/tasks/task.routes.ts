import type { Declaration } from '../web/route.ts';

export function taskRoutes(): Declaration[] {
  return [];
}
