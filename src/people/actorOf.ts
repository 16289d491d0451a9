import type { Actor, ActorRole } from './actor.ts';
import type { Viewer } from './viewer.ts';

/** The viewer as one who acts, in the capacity the route found out. */
export function actorOf(viewer: Viewer, role: ActorRole): Actor {
  const { institution, person, masquerader } = viewer;
  return { institution, person, role, via: masquerader };
}
