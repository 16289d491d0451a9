/**
 * What is stored of a launch's person, course and enrolment, in one read: a launch of somebody known changes none
 * of it, and three look-ups one after the other were a third of what it costs (quality.md, `launch`).
 */
import mongoose from 'mongoose';
import type { Course, Enrolment } from '../courses/course.ts';
import type { Account } from '../people/person.ts';
import { plain, type Plain } from '../shared/model.ts';

/** Null: there is none, or, of a person who was never here, it was not looked for. */
export interface Launched {
  account: Account | null;
  course: Course | null;
  enrolment: Enrolment | null;
}

const NOTHING: Launched = { account: null, course: null, enrolment: null };

interface Names {
  institution: string;
  platform: string;
  sub: string;
  /** Null where the launch has no course. */
  contextId: string | null;
}

type Doc<T> = Omit<T, 'id'> & { _id: string };
type Raw = Doc<Account> & { courses: Doc<Course>[]; enrolments: Doc<Enrolment>[] };

/** @returns nothing known for a person who was never here. */
export async function findLaunched({ institution, platform, sub, contextId }: Names): Promise<Launched> {
  const [found] = await mongoose.model('accounts').aggregate<Raw>([
    { $match: { institution, platform, sub } },
    {
      $lookup: {
        from: 'courses',
        as: 'courses',
        pipeline: [{ $match: { institution, platform, contextId } }],
      },
    },
    {
      $lookup: {
        from: 'enrolments',
        localField: 'courses._id',
        foreignField: 'course',
        let: { person: '$person' },
        as: 'enrolments',
        pipeline: [{ $match: { institution, $expr: { $eq: ['$person', '$$person'] } } }],
      },
    },
  ]);
  if (!found) return NOTHING;
  const { courses, enrolments, ...account } = found;
  return { account: plain(account), course: firstOf(courses), enrolment: firstOf(enrolments) };
}

function firstOf<T extends { _id: string }>([doc]: T[]): Plain<T> | null {
  return doc ? plain(doc) : null;
}
