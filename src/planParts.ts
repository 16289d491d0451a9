import { afterPart } from './after/after.part.ts';
import { assessmentsPart } from './assessments/assessments.part.ts';
import { careersPart } from './careers/careers.part.ts';
import { coordinationPart } from './coordination/coordination.part.ts';
import { coursePlanPart } from './coursePlan/coursePlan.part.ts';
import { experiencesPart } from './experiences/experiences.part.ts';
import { inventoryPart } from './inventory/inventory.part.ts';
import { meetingsPart } from './meetings/meetings.part.ts';
import type { PlanPart } from './plans/planPart.ts';
import { portfolioPart } from './portfolio/portfolio.part.ts';
import { skillsPart } from './skills/skills.part.ts';

/** Every feature that keeps a part of the plan beside the plan document, in the plan's order. */
export const PLAN_PARTS: readonly PlanPart[] = [
  inventoryPart,
  skillsPart,
  careersPart,
  experiencesPart,
  assessmentsPart,
  coursePlanPart,
  afterPart,
  portfolioPart,
  meetingsPart,
  coordinationPart,
];
