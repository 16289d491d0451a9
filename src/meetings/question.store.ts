import { defineModel, plain } from '../shared/model.ts';
import type { Question } from './question.ts';

type QuestionDoc = Omit<Question, 'id'> & { _id: string };

const Questions = defineModel<QuestionDoc>({
  name: 'meetingQuestions',
  tenancy: 'institution',
  fields: {
    person: { type: String, required: true },
    side: { type: String, required: true },
    text: { type: String, required: true },
    by: { type: String, required: true },
    at: { type: Date, required: true },
    answer: { type: String, default: '' },
    meeting: { type: String, default: null },
    talkedAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, person: 1, at: -1 }]],
  registry: [
    {
      fields: ['person', 'side', 'text', 'by', 'at', 'answer', 'meeting', 'talkedAt'],
      purpose: 'bring what student and family want to talk about into the meeting',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** Open ones are few by rule; answered ones are read as far back as pages show. */
const MOST = 200;

/** A student's questions, newest first. */
export async function listQuestions(institution: string, person: string): Promise<Question[]> {
  const docs = await Questions.find({ institution, person })
    .sort({ at: -1 })
    .limit(MOST)
    .lean<QuestionDoc[]>();
  return docs.map(plain);
}

export async function insertQuestion({ id, ...question }: Question): Promise<void> {
  await Questions.insertMany([{ _id: id, ...question }], { lean: true });
}

export async function replaceQuestion({ id, institution, person, ...rest }: Question): Promise<void> {
  await Questions.updateOne({ institution, person, _id: id }, { $set: rest });
}

export async function removeQuestion(institution: string, person: string, id: string): Promise<void> {
  await Questions.deleteOne({ institution, person, _id: id });
}
