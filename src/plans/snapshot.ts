import { z } from 'zod';
import type { ReadPart } from './planPart.ts';
import { PART_KEYS } from './planPart.ts';
import { WRITTEN_KEYS, type Plan } from './plan.ts';

const Line = z.string();
const Day = z.string().nullable();

/** What an approval freezes: everything that was agreed, nothing that moves on by itself (ticks, check-ins). */
export const SnapshotContent = z.object({
  framework: z.string(),
  frameworkVersion: z.number(),
  revision: z.number(),
  profile: z.record(z.enum(WRITTEN_KEYS), Line),
  goals: z.array(
    z.object({
      id: Line,
      kind: z.enum(['academic', 'career', 'personal', 'postsecondary']),
      statement: Line,
      why: Line,
      baseline: Line,
      measure: Line,
      target: z.object({ from: z.number().nullable(), to: z.number(), unit: Line }).nullable(),
      by: Day,
      requirementSets: z.array(Line),
      strategies: Line,
      supports: z.array(z.object({ what: Line, who: Line })),
      steps: z.array(z.object({ id: Line, title: Line, due: Day })),
      status: Line,
    }),
  ),
  parts: z.array(
    z.object({
      key: z.enum(PART_KEYS),
      title: Line,
      lines: z.array(
        z.object({
          id: Line,
          label: Line,
          text: Line,
          material: z.boolean(),
          audience: z.enum(['plan', 'family']),
        }),
      ),
    }),
  ),
  exemptions: z.array(z.object({ component: Line, reason: Line })),
});
export type SnapshotContent = z.infer<typeof SnapshotContent>;

/** The plan's agreed content; unfinished proposals are no part of it. */
export function contentOf(plan: Plan, parts: readonly ReadPart[]): SnapshotContent {
  const { framework, frameworkVersion, revision, profile, exemptions } = plan;
  const goals = plan.goals.filter(({ status, finished }) => status !== 'dropped' && finished);
  return SnapshotContent.parse({
    framework,
    frameworkVersion,
    revision,
    profile: Object.fromEntries(WRITTEN_KEYS.map((key) => [key, profile[key].text])),
    goals,
    parts,
    exemptions,
  });
}
