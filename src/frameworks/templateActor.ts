import type { Viewer } from '../people/viewer.ts';

/** The administrator who acts, and on whose behalf. */
export interface TemplateActor {
  institution: string;
  person: string;
  via: string | null;
}

export function byOf({ institution, person, masquerader: via }: Viewer): TemplateActor {
  return { institution, person, via };
}
