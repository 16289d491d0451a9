import { paths } from '../shared/paths.ts';
import { isStaff, type Course } from '../courses/course.ts';
import { NotFound } from '../shared/errors.ts';
import { bindLink } from '../tasks/link.service.ts';
import { openTask } from '../tasks/task.service.ts';
import type { SessionFields } from './continuation.store.ts';
import { rememberDeepLinkRequest } from './deepLinkRequest.store.ts';
import type { Launch } from './launch.ts';
import type { Platform } from './platform.ts';

interface Arriving {
  session: SessionFields;
  course: Course | null;
  platform: Platform;
}

/** Where the person goes: by what was opened first, by what they are here second. */
export async function targetOf(launch: Launch, arriving: Arriving, now: Date): Promise<string> {
  switch (launch.kind) {
    case 'privacy':
      return paths.privacy;
    case 'deepLink':
      return deepLinkTarget(launch, arriving, now);
    case 'resource':
      return (await taskTarget(launch, arriving, now)) ?? homeOf(launch, arriving);
  }
}

/** An assignment made by deep linking opens only its task; a deep link we never made opens the home page. */
async function taskTarget(
  launch: Launch & { kind: 'resource' },
  { session, course }: Arriving,
  now: Date,
): Promise<string | null> {
  if (!launch.link || !course || session.testUser) return null;
  const { institution, person, masquerader } = session;
  const place = { resourceLinkId: launch.resourceLinkId, lineItem: launch.lineItem };
  const link = await bindLink(institution, launch.link, course.id, place, now).catch(unlessMissing);
  if (!link) return null;
  if (isStaff(launch.roles.role)) return paths.assignment(link.id);
  if (launch.roles.role !== 'student') return null;
  const task = await openTask({ institution, person, role: 'student', via: masquerader }, link.id, now);
  return paths.task(task.id);
}

function unlessMissing(error: unknown): null {
  if (error instanceof NotFound) return null;
  throw error;
}

async function deepLinkTarget(
  launch: Launch & { kind: 'deepLink' },
  arriving: Arriving,
  now: Date,
): Promise<string> {
  const { session, course, platform } = arriving;
  if (!course || !isStaff(launch.roles.role)) return paths.welcome;
  const id = await rememberDeepLinkRequest(
    {
      institution: session.institution,
      person: session.person,
      course: course.id,
      platform: platform.id,
      deploymentId: launch.deploymentId,
      settings: launch.settings,
    },
    now,
  );
  return paths.deepLink(id);
}

function homeOf(launch: Launch, { session, course }: Arriving): string {
  switch (launch.roles.role) {
    case 'student':
      return paths.plan;
    case 'teacher':
    case 'assistant':
      return course?.advisory ? paths.caseload : course ? paths.course(course.id) : paths.caseload;
    case 'mentor':
      return paths.family;
    default:
      return session.administrator ? paths.admin : paths.welcome;
  }
}
