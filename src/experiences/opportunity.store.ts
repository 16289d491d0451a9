import { say } from '../plans/say.ts';
import { Conflict } from '../shared/errors.ts';
import { defineModel, plain } from '../shared/model.ts';
import { MOST_OPPORTUNITIES, type Opportunity } from './opportunity.ts';

type OpportunityDoc = Omit<Opportunity, 'id'> & { _id: string };

const Opportunities = defineModel<OpportunityDoc>({
  name: 'opportunities',
  tenancy: 'institution',
  fields: {
    kind: { type: String, required: true },
    title: { type: String, required: true },
    organisation: { type: String, default: '' },
    about: { type: String, default: '' },
    from: { type: String, default: null },
    to: { type: String, default: null },
    applyBy: { type: String, default: null },
    how: { type: String, default: '' },
    cluster: { type: String, default: null },
    by: { type: String, required: true },
    postedAt: { type: Date, required: true },
    closedAt: { type: Date, default: null },
    version: { type: Number, required: true },
  },
  indexes: [[{ institution: 1, closedAt: 1, postedAt: -1 }], [{ institution: 1, by: 1, postedAt: -1 }]],
  registry: [
    {
      fields: [
        'kind',
        'title',
        'organisation',
        'about',
        'from',
        'to',
        'applyBy',
        'how',
        'cluster',
        'by',
        'postedAt',
        'closedAt',
        'version',
      ],
      purpose: 'internships, volunteering and clubs the school offers to its students',
      audience: 'plan',
      retention: 'with the institution',
    },
  ],
});

/** Those that are not closed, the newest first. */
export async function listOpen(institution: string): Promise<Opportunity[]> {
  const docs = await Opportunities.find({ institution, closedAt: null })
    .sort({ postedAt: -1 })
    .limit(MOST_OPPORTUNITIES)
    .lean<OpportunityDoc[]>();
  return docs.map(plain);
}

export async function findOpportunity(institution: string, id: string): Promise<Opportunity | null> {
  const doc = await Opportunities.findOne({ institution, _id: id }).lean<OpportunityDoc>();
  return doc && plain(doc);
}

export async function insertOpportunity({ id, ...rest }: Opportunity): Promise<void> {
  await Opportunities.insertMany([{ _id: id, ...rest }], { lean: true });
}

/** @throws Conflict when somebody else wrote since it was read. */
export async function replaceOpportunity(before: Opportunity, after: Opportunity): Promise<void> {
  const { id, institution, ...fields } = after;
  const result = await Opportunities.updateOne(
    { institution, _id: id, version: before.version },
    { $set: { ...fields, version: before.version + 1 } },
  );
  if (result.matchedCount !== 1) throw new Conflict(say('experiences.error.opportunityChanged'));
}
