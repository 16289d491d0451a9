import { defineModel, plain } from '../shared/model.ts';
import type { Signature } from './signature.ts';

type SignatureDoc = Omit<Signature, 'id'> & { _id: string };

const optional = { type: String, default: null };
const moment = { type: Date, default: null };

const Signatures = defineModel<SignatureDoc>({
  name: 'signatures',
  tenancy: 'institution',
  fields: {
    plan: { type: String, required: true },
    person: { type: String, required: true },
    revision: { type: Number, required: true },
    hash: { type: String, required: true },
    place: { type: Number, required: true },
    role: { type: String, required: true },
    required: { type: Boolean, required: true },
    state: { type: String, required: true },
    was: optional,
    requestedAt: { type: Date, required: true },
    viewedAt: moment,
    settledAt: moment,
    by: optional,
    name: optional,
    reason: optional,
    ground: optional,
    paperDay: optional,
    scan: optional,
    voidedAt: moment,
  },
  indexes: [[{ institution: 1, plan: 1, revision: -1, place: 1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'plan',
        'person',
        'revision',
        'hash',
        'place',
        'role',
        'required',
        'state',
        'was',
        'requestedAt',
        'viewedAt',
        'settledAt',
        'by',
        'name',
        'reason',
        'ground',
        'paperDay',
        'scan',
        'voidedAt',
      ],
      purpose: 'show who agreed to which version of a plan, and how',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** Five signers of forty approvals: more than a plan sees in seven years. */
const MOST = 200;

/** A plan's signatures, those of the newest revision first, each revision in signing order. */
export async function listSignatures(institution: string, plan: string): Promise<Signature[]> {
  const docs = await Signatures.find({ institution, plan })
    .sort({ revision: -1, place: 1 })
    .limit(MOST)
    .lean<SignatureDoc[]>();
  return docs.map(plain);
}

export async function insertSignatures(signatures: readonly Signature[]): Promise<void> {
  await Signatures.insertMany(
    signatures.map(({ id, ...rest }) => ({ _id: id, ...rest })),
    { lean: true },
  );
}

/** Writes a signature over the one with its id; the plan it belongs to is what two writers collide on. */
export async function replaceSignature({ id, institution, plan, ...rest }: Signature): Promise<void> {
  await Signatures.updateOne({ institution, plan, _id: id }, { $set: rest });
}
