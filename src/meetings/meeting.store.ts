import { Schema } from 'mongoose';
import { defineModel, plain } from '../shared/model.ts';
import type { Meeting } from './meeting.ts';

type MeetingDoc = Omit<Meeting, 'id'> & { _id: string };

const bare = { _id: false, id: false } as const;
const text = { type: String, default: '' };
const named = { type: String, required: true };
const when = { type: Date, required: true };

const ATTENDEE = { role: named, name: text, came: { type: Boolean, default: null } };
const ITEM = {
  id: named,
  kind: named,
  about: text,
  minutes: { type: Number, default: 0 },
  done: { type: Boolean, default: false },
};
const DECISION = { id: named, text: named, by: named, at: when };
const FOLLOW_UP = {
  id: named,
  text: named,
  who: named,
  due: { type: String, default: null },
  goal: { type: String, default: null },
  by: named,
  at: when,
  doneAt: { type: Date, default: null },
};
const NOTES = { text, version: { type: Number, default: 0 }, changedAt: { type: Date, default: null } };

const under = (prefix: string, fields: object): string[] =>
  Object.keys(fields).map((name) => `${prefix}.${name}`);

const Meetings = defineModel<MeetingDoc>({
  name: 'meetings',
  tenancy: 'institution',
  fields: {
    person: named,
    year: { type: Number, required: true },
    period: { type: Number, required: true },
    state: named,
    startsAt: when,
    minutes: { type: Number, required: true },
    place: text,
    link: text,
    attendees: { type: [new Schema(ATTENDEE, bare)], default: [] },
    agenda: { type: [new Schema(ITEM, bare)], default: [] },
    decisions: { type: [new Schema(DECISION, bare)], default: [] },
    followUps: { type: [new Schema(FOLLOW_UP, bare)], default: [] },
    notes: { type: new Schema(NOTES, bare), required: true },
    why: { type: String, default: null },
    sequence: { type: Number, default: 0 },
    version: { type: Number, required: true },
    createdBy: named,
    createdAt: when,
    endedAt: { type: Date, default: null },
  },
  indexes: [[{ institution: 1, person: 1, startsAt: -1 }]],
  registry: [
    {
      fields: [
        'person',
        'year',
        'period',
        'state',
        'startsAt',
        'minutes',
        'place',
        'link',
        ...under('attendees', ATTENDEE),
        'why',
        'sequence',
        'version',
        'createdBy',
        'createdAt',
        'endedAt',
      ],
      purpose: 'arrange the talk about a plan, and show that it took place',
      audience: 'plan',
      retention: 'with the plan',
    },
    {
      fields: [
        ...under('agenda', ITEM),
        ...under('decisions', DECISION),
        ...under('followUps', FOLLOW_UP),
        ...under('notes', NOTES),
      ],
      purpose: 'remember what student, family and advisor talked about and agreed',
      audience: 'plan',
      retention: 'with the plan',
    },
  ],
});

/** More than one a month from grade 6 on. */
const MOST = 100;

/** A student's meetings, newest first. */
export async function listMeetings(institution: string, person: string): Promise<Meeting[]> {
  const docs = await Meetings.find({ institution, person })
    .sort({ startsAt: -1 })
    .limit(MOST)
    .lean<MeetingDoc[]>();
  return docs.map(plain);
}

export async function findMeeting(institution: string, person: string, id: string): Promise<Meeting | null> {
  const doc = await Meetings.findOne({ institution, person, _id: id }).lean<MeetingDoc>();
  return doc && plain(doc);
}

export async function insertMeeting({ id, ...meeting }: Meeting): Promise<void> {
  await Meetings.insertMany([{ _id: id, ...meeting }], { lean: true });
}

/** Writes a meeting over the one with its id; the plan it belongs to is what two writers collide on. */
export async function replaceMeeting({ id, institution, person, ...rest }: Meeting): Promise<void> {
  await Meetings.updateOne({ institution, person, _id: id }, { $set: rest });
}
