import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import { SKILL_KEYS, type SkillRecord } from './skill.ts';

type SkillDoc = Omit<SkillRecord, 'id'> & { _id: string };

const Rated = new Schema(
  {
    id: { type: String, required: true },
    level: { type: Number, required: true },
    example: { type: String, required: true },
    year: { type: Number, required: true },
    at: { type: Date, required: true },
    by: { type: String, required: true },
  },
  { _id: false, id: false },
);

const under = (names: readonly string[]): string[] => names.map((name) => `ratings.${name}`);

const Skills = defineModel<SkillDoc>({
  name: 'skillRecords',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    skill: { type: String, required: true },
    goals: { type: [String], default: [] },
    how: { type: String, default: '' },
    ratings: { type: [Rated], default: [] },
  },
  indexes: [[{ institution: 1, person: 1, skill: 1 }, { unique: true }]],
  registry: [
    {
      fields: ['person', 'skill', 'goals', 'how'],
      purpose: 'say what a skill does for the student’s own goals',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: under(['id', 'level', 'example', 'year', 'at', 'by']),
      purpose: 'self-exploration: how a student sees a skill over time, with what shows it',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** A student's skills that were ever rated. */
export async function listSkills(institution: string, person: string): Promise<SkillRecord[]> {
  const docs = await Skills.find({ institution, person }).limit(SKILL_KEYS.length).lean<SkillDoc[]>();
  return docs.map(plain);
}

/** Writes the record of one skill, the first time or over the one that is there. */
export async function saveSkill({ id, institution, person, skill, ...rest }: SkillRecord): Promise<void> {
  await Skills.updateOne(
    { institution, person, skill },
    { $set: rest, $setOnInsert: { _id: id } },
    { upsert: true },
  );
}
