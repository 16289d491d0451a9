import { settingsOf } from '../institutions/settings.service.ts';
import { starter, type Framework } from '../plans/framework.ts';
import { NotFound } from '../shared/errors.ts';
import { findPublished, findVersion } from './template.store.ts';
import { frameworkOfTemplate } from './template.ts';

/** Which framework a plan was made by. */
export interface OfPlan {
  institution: string;
  framework: string;
  frameworkVersion: number;
}

/** A version that plans use never changes, so it is read once in a process's life. */
const kept = new Map<string, Framework>();
const MOST_KEPT = 1_000;

/** The definition a plan is measured by. @throws NotFound for an id and version that no template has. */
export async function frameworkOf({ institution, framework, frameworkVersion }: OfPlan): Promise<Framework> {
  if (framework === starter.id) return starter;
  const name = `${institution} ${framework} ${frameworkVersion}`;
  const known = kept.get(name);
  if (known) return known;
  const template = await findVersion(institution, framework, frameworkVersion);
  if (!template || template.status === 'draft') throw new NotFound(`framework ${name}`);
  if (kept.size >= MOST_KEPT) kept.clear();
  const found = frameworkOfTemplate(template);
  kept.set(name, found);
  return found;
}

/** What a new plan of this school is made by: its chosen template's latest version, else the starter. */
export async function currentFramework(institution: string): Promise<Framework> {
  const { framework } = await settingsOf(institution);
  if (framework === starter.id) return starter;
  const template = await findPublished(institution, framework);
  return template ? frameworkOfTemplate(template) : starter;
}
