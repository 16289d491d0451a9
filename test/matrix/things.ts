import { createGoal } from '../../src/goals/goal.service.ts';
import { emptyForm } from '../../src/goals/goalForm.ts';
import { rememberDeepLinkRequest } from '../../src/lti/deepLinkRequest.store.ts';
import { listDeployments, listPlatforms } from '../../src/lti/platform.store.ts';
import { newId } from '../../src/shared/model.ts';
import { prepareLinks } from '../../src/tasks/link.service.ts';
import { openTask } from '../../src/tasks/task.service.ts';
import { listTemplates } from '../../src/tasks/template.ts';
import type { Declaration } from '../../src/web/route.ts';
import { findSessionOf } from '../support/sessions.ts';
import type { School } from '../support/startSchool.ts';
import { STUDENT, type Actor } from './actors.ts';

/** The real things the matrix tries to reach: all of one student, one course, one advisor. */
export interface Things {
  pathOf(route: Declaration): string;
  /** The same path with ids that never were. */
  missingPathOf(route: Declaration): string;
  /** Whether the thing in the path, if there is one, is this actor's own; somebody else's is as good as missing. */
  isOwn(route: Declaration, actor: string): boolean;
}

/** Parameters that name a thing of one person, and whose it is. */
const OWNERS: Record<string, string> = {
  ':goal': 'student, own',
  ':step': 'student, own',
  ':request': 'advisor, own',
};

export async function makeThings(school: School, actors: readonly Actor[]): Promise<Things> {
  const ids = await makeIds(school, actors);
  const fill = (path: string, value: (name: string) => string): string =>
    path.replace(/:(\w+)/g, (_, name: string) => value(name));
  return {
    pathOf: ({ path }) => fill(path, (name) => known(ids, name, path)),
    missingPathOf: ({ path }) => fill(path, (name) => (name === 'part' ? 'strengths' : newId())),
    isOwn: ({ path }, actor) =>
      Object.entries(OWNERS).every(([name, owner]) => !path.includes(name) || owner === actor),
  };
}

function known(ids: Record<string, string>, name: string, path: string): string {
  const id = ids[name];
  if (id === undefined)
    throw new Error(`The matrix has no thing for :${name} of ${path}. Add it to test/matrix/things.ts.`);
  return id;
}

async function makeIds(school: School, actors: readonly Actor[]): Promise<Record<string, string>> {
  const { institution, deps } = school;
  const now = deps.clock();
  const [person, advisor, course] = [
    await school.person(STUDENT),
    await school.person('advisor1'),
    await school.course('advisory'),
  ];
  const student = { institution, person, role: 'student', via: null } as const;
  const form = {
    ...emptyForm('academic'),
    statement: 'Read twelve books',
    steps: [{ id: null, title: 'Choose one', due: null }],
  };
  const { goal } = await createGoal(student, person, form, now);
  const staff = { institution, person: advisor, role: 'advisor', via: null } as const;
  const [template] = listTemplates();
  const [link] = await prepareLinks(staff, course, [{ template: template?.id ?? '' }], now);
  const task = await openTask(student, link?.id ?? '', now);
  const own = actors.find(({ name }) => name === 'advisor, own') as Actor;
  const session = await findSessionOf(own.visitor);
  const settings = {
    returnUrl: `${school.lms.url}/canvas/deep`,
    acceptTypes: ['ltiResourceLink'],
    acceptMultiple: true,
    acceptLineItem: true,
    data: null,
  };
  const [platform] = await listPlatforms();
  const deployment = (await listDeployments()).find((one) => one.platform === platform?.id);
  const request = await rememberDeepLinkRequest(
    {
      institution,
      person: session.person,
      course,
      platform: platform?.id ?? '',
      deploymentId: deployment?.deploymentId ?? '',
      settings,
    },
    now,
  );
  return {
    person,
    course,
    goal: goal.id,
    step: goal.steps[0]?.id ?? '',
    checkIn: newId(),
    link: link?.id ?? '',
    task: task.id,
    request,
    part: 'strengths',
    platform: platform?.id ?? '',
    deployment: deployment?.id ?? '',
  };
}
