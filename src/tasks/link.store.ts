import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import type { TaskLink } from './task.ts';

type LinkDoc = Omit<TaskLink, 'id'> & { _id: string };

const Links = defineModel<LinkDoc>({
  name: 'links',
  tenancy: 'institution',
  fields: {
    uuid: { type: String, required: true },
    template: { type: String, required: true },
    course: { type: String, required: true },
    title: { type: String, required: true },
    points: { type: Number, required: true },
    dueAt: { type: Date, default: null },
    place: { type: String, default: 'lms' },
    group: { type: String, default: null },
    lineItem: { type: String, default: null },
    resourceLinkId: { type: String, default: null },
    createdBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  indexes: [
    [{ institution: 1, uuid: 1, createdAt: 1 }],
    // One link for one deep link in one place; those that wait for their first launch have no place yet.
    [
      { institution: 1, uuid: 1, course: 1, resourceLinkId: 1 },
      { unique: true, partialFilterExpression: { resourceLinkId: { $type: 'string' } } },
    ],
    [{ institution: 1, course: 1, createdAt: 1 }],
    [{ institution: 1, group: 1 }, { partialFilterExpression: { group: { $type: 'string' } } }],
  ],
  registry: [
    {
      fields: [
        'uuid',
        'template',
        'course',
        'title',
        'points',
        'dueAt',
        'place',
        'group',
        'createdBy',
        'createdAt',
      ],
      purpose: 'know which task an LMS assignment opens, and what it is worth',
      audience: 'plan',
      retention: 'with the institution',
    },
    {
      fields: ['lineItem', 'resourceLinkId'],
      purpose: 'find the assignment’s own grade column',
      audience: 'operator',
      retention: 'with the connection',
    },
  ],
});

/** Links stored before tasks could be assigned inside Waymark belong to the LMS. */
function whole(doc: LinkDoc): TaskLink {
  return { ...plain(doc), place: doc.place ?? 'lms', group: doc.group ?? null };
}

export async function addLinks(links: readonly TaskLink[]): Promise<void> {
  await Links.insertMany(
    links.map(({ id, ...link }) => ({ _id: id, ...link })),
    { lean: true },
  );
}

/** Adds a link for a place that a deep link was copied to. @returns false when another launch just did. */
export async function addCopy(link: TaskLink): Promise<boolean> {
  try {
    await addLinks([link]);
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

export async function findLink(institution: string, id: string): Promise<TaskLink | null> {
  const doc = await Links.findOne({ institution, _id: id }).lean<LinkDoc>();
  return doc && whole(doc);
}

/** Some assignments at once; those that are gone are left out. */
export async function findLinks(institution: string, ids: readonly string[]): Promise<TaskLink[]> {
  const docs = await Links.find({ institution, _id: { $in: [...ids] } }).lean<LinkDoc[]>();
  return docs.map(whole);
}

/** All places where a deep link was used: courses it was copied to, and copies inside a course. */
export async function listLinksByUuid(institution: string, uuid: string): Promise<TaskLink[]> {
  const docs = await Links.find({ institution, uuid }).sort({ createdAt: 1 }).limit(200).lean<LinkDoc[]>();
  return docs.map(whole);
}

/** The assignments of a course, oldest first. */
export async function listLinksOf(institution: string, course: string): Promise<TaskLink[]> {
  const docs = await Links.find({ institution, course }).sort({ createdAt: 1 }).limit(500).lean<LinkDoc[]>();
  return docs.map(whole);
}

/** All tasks of one choice. */
export async function listLinksOfGroup(institution: string, group: string): Promise<TaskLink[]> {
  const docs = await Links.find({ institution, group }).sort({ createdAt: 1 }).limit(20).lean<LinkDoc[]>();
  return docs.map(whole);
}

export async function setBinding(
  institution: string,
  id: string,
  binding: Partial<Pick<TaskLink, 'lineItem' | 'resourceLinkId'>>,
): Promise<void> {
  await Links.updateOne({ institution, _id: id }, { $set: binding });
}

/** Another deep link took this place (the activity was edited): the older one lets go of it. */
export async function releasePlace(
  institution: string,
  place: { course: string; resourceLinkId: string; except: string },
): Promise<void> {
  const { course, resourceLinkId, except } = place;
  await Links.updateMany(
    { institution, course, resourceLinkId, _id: { $ne: except } },
    { $set: { resourceLinkId: null, lineItem: null } },
  );
}
