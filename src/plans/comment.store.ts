import { defineModel, plain } from '../shared/model.ts';
import type { Comment } from './comment.ts';

type CommentDoc = Omit<Comment, 'id'> & { _id: string };

const Comments = defineModel<CommentDoc>({
  name: 'comments',
  tenancy: 'institution',
  fields: {
    plan: { type: String, required: true },
    person: { type: String, required: true },
    section: { type: String, required: true },
    author: { type: String, required: true },
    authorRole: { type: String, required: true },
    text: { type: String, required: true },
    at: { type: Date, required: true },
    visibility: { type: String, required: true },
    replyTo: { type: String, default: null },
  },
  indexes: [[{ institution: 1, plan: 1, at: -1 }]],
  registry: [
    {
      fields: ['plan', 'person', 'section', 'author', 'authorRole', 'text', 'at', 'visibility', 'replyTo'],
      purpose: 'the conversation about a plan, section by section',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

export async function insertComments(comments: readonly Comment[]): Promise<void> {
  const docs = comments.map(({ id, ...comment }) => ({ _id: id, ...comment }));
  if (docs.length > 0) await Comments.insertMany(docs, { lean: true });
}

export async function findComment(institution: string, plan: string, id: string): Promise<Comment | null> {
  const doc = await Comments.findOne({ institution, plan, _id: id }).lean<CommentDoc>();
  return doc && plain(doc);
}

/** The newest comments of a plan, newest first. @param staffToo also those only staff may read. */
export async function listComments(
  institution: string,
  plan: string,
  options: { staffToo: boolean; limit: number },
): Promise<Comment[]> {
  const filter = { institution, plan, ...(options.staffToo ? {} : { visibility: 'plan' as const }) };
  const docs = await Comments.find(filter).sort({ at: -1 }).limit(options.limit).lean<CommentDoc[]>();
  return docs.map(plain);
}
