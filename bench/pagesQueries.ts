/** Which queries of a run read a whole collection, sort in memory or look at far more than they give out. */
import mongoose from 'mongoose';

export type Queries = { what: string; plan: string; examined: number; returned: number }[];

interface Profiled {
  ns: string;
  op: string;
  planSummary?: string;
  docsExamined?: number;
  keysExamined?: number;
  nreturned?: number;
  hasSortStage?: boolean;
}

/** Documents looked at beside those given out, or sorted in memory, before it is worth telling. */
const SOME = 40;

/** Runs `work` while MongoDB profiles every operation of that database. */
export async function explainQueries(uri: string, work: () => Promise<void>): Promise<Queries> {
  const db = mongoose.connection.getClient().db(new URL(uri).pathname.slice(1));
  await db.command({ profile: 2 });
  await work();
  await db.command({ profile: 0 });
  const seen = await db
    .collection<Profiled>('system.profile')
    .find({ op: { $in: ['query', 'command', 'getmore'] }, ns: { $not: /system\.profile$/ } })
    .toArray();
  return seen.flatMap((one) => {
    const { docsExamined: examined = 0, nreturned: returned = 0, planSummary: plan = '' } = one;
    // An aggregation gives out one document for all that its look-ups found.
    const isTooMuch = examined > returned * 4 + SOME;
    const isSorted = one.hasSortStage === true && examined > SOME;
    return plan.includes('COLLSCAN') || isSorted || isTooMuch
      ? [{ what: nameOf(one), plan: isSorted ? `${plan} SORT` : plan, examined, returned }]
      : [];
  });
}

const nameOf = ({ ns, op }: Profiled): string => `${op} ${ns.slice(ns.indexOf('.') + 1)}`;
