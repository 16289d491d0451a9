import { z } from 'zod';
import type { Plan } from './plan.ts';

const Line = z.string();
const Day = z.string().nullable();

/** What an approval freezes: everything that was agreed, nothing that moves on by itself (ticks, check-ins). */
export const SnapshotContent = z.object({
  framework: z.string(),
  frameworkVersion: z.number(),
  revision: z.number(),
  profile: z.object({ strengths: Line, improvements: Line, interests: Line }),
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
      strategies: Line,
      supports: z.array(z.object({ what: Line, who: Line })),
      steps: z.array(z.object({ id: Line, title: Line, due: Day })),
      status: Line,
    }),
  ),
  exemptions: z.array(z.object({ component: Line, reason: Line })),
});
export type SnapshotContent = z.infer<typeof SnapshotContent>;

/** The plan's agreed content; unfinished proposals are no part of it. */
export function contentOf(plan: Plan): SnapshotContent {
  const { framework, frameworkVersion, revision, profile, exemptions } = plan;
  const goals = plan.goals.filter(({ status, finished }) => status !== 'dropped' && finished);
  return SnapshotContent.parse({
    framework,
    frameworkVersion,
    revision,
    profile: {
      strengths: profile.strengths.text,
      improvements: profile.improvements.text,
      interests: profile.interests.text,
    },
    goals,
    exemptions,
  });
}
