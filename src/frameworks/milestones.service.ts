import { starter } from '../plans/framework.ts';
import type { OfPlan } from './framework.service.ts';
import { findVersion } from './template.store.ts';
import type { Template } from './template.ts';

/** What the rules behind a plan say about when something is due, for a grade; all of it where the grade is unknown. */
export async function milestonesOf(
  { institution, framework, frameworkVersion }: OfPlan,
  grade: number | null,
): Promise<Template['milestones']> {
  if (framework === starter.id) return [];
  const template = await findVersion(institution, framework, frameworkVersion);
  return (template?.milestones ?? [])
    .filter((one) => one.grade === null || grade === null || one.grade === grade)
    .toSorted((a, b) => (a.grade ?? 0) - (b.grade ?? 0));
}
