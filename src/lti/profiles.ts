import type { LmsFamily, Platform } from './platform.ts';
import { canvas } from './profiles/canvas.ts';
import { generic } from './profiles/generic.ts';
import { moodle } from './profiles/moodle.ts';
import type { Profile } from './profiles/profile.ts';
import { schoology } from './profiles/schoology.ts';

const PROFILES: Record<LmsFamily, Profile> = { canvas, schoology, moodle, generic };

/** The manners of an LMS family. */
export function profileOf(family: LmsFamily): Profile {
  return PROFILES[family];
}

/** Where calls to a platform may go: its registered origins, and the school hosts of a hosted LMS. */
export function originsFor(platform: Pick<Platform, 'family' | 'issuer' | 'origins'>): string[] {
  return [...platform.origins, ...profileOf(platform.family).originsOf(platform.issuer)];
}

/** Whether a configuration may speak for an issuer: same origin, a host below it, or one known for it. */
export function maySpeakFor(issuer: URL, configuration: URL): boolean {
  return (
    configuration.origin === issuer.origin ||
    configuration.hostname.endsWith(`.${issuer.hostname}`) ||
    Object.values(PROFILES).some((profile) =>
      profile.configurationHosts(issuer.origin).includes(configuration.host),
    )
  );
}
