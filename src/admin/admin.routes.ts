import type { Response } from 'express';
import { z } from 'zod';
import { record } from '../audit/audit.service.ts';
import { getCourse, listCourses, setAdvisory } from '../courses/course.service.ts';
import { countMembers, lmsAdministrators } from '../courses/members.service.ts';
import { changeSettings } from '../institutions/institution.service.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import { approveOwnDeployment, approveOwnPlatform, connectionsOf } from '../lti/schoolConnections.service.ts';
import type { LtiServices } from '../lti/services.ts';
import {
  administratorsOf,
  grantAdministrator,
  personNamed,
  revokeAdministrator,
} from '../people/grant.service.ts';
import { findPeople, getPerson } from '../people/person.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { say } from '../plans/say.ts';
import { Invalid } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import { tellSaved } from '../web/saved.ts';
import { adminPage, type AdminFacts } from './admin.page.ts';
import { SettingsPost, settingsTyped } from './settingsForm.ts';

const ADMINISTRATOR = { of: 'administrator' } as const;

/** `of`: the course or person that a post before was about. */
const query = z.object({
  q: z.string().max(100).catch(''),
  done: z
    .enum(['settings', 'platform', 'deployment', 'advisoryOn', 'advisoryOff', 'granted', 'revoked'])
    .nullable()
    .catch(null),
  of: Id.nullable().catch(null),
});

const Nothing = z.strictObject({});

/** Somebody is named by the person's id (a button beside a name), or by what was typed. */
const GrantForm = z.strictObject({
  do: z.enum(['add', 'remove']),
  person: Id.optional(),
  who: z.string().trim().max(200).default(''),
});

/** The school's set-up, for those who hold the tool's administrator right. */
export function adminRoutes(lti: LtiServices): Declaration[] {
  return [
    route({
      method: 'get',
      path: paths.admin,
      who: ADMINISTRATOR,
      changes: [],
      query,
      handle: async ({ query, viewer, res }) => {
        await tellDone(res, viewer, query);
        await show(res, viewer, { search: query.q });
      },
    }),
    route({
      method: 'post',
      path: paths.adminSettings,
      who: ADMINISTRATOR,
      changes: ['institution.changed'],
      form: SettingsPost,
      handle: async ({ form, viewer, now, res }) => {
        await changeSettings(byOf(viewer), form, now);
        seeOther(res, `${paths.admin}?done=settings`);
      },
      onInvalid: ({ viewer, res }, { fields: errors }, typed) =>
        show(res, viewer, { errors, typed: settingsTyped(typed) }),
    }),
    route({
      method: 'post',
      path: paths.adminInvites,
      who: ADMINISTRATOR,
      changes: ['invite.made'],
      form: Nothing,
      handle: async ({ viewer, now, res }) => {
        const invite = await lti.registration.invite(viewer.institution, now);
        await tellInvite(viewer, now);
        // Only the link's hash is stored, so this answer is the one place where it can be read.
        await show(res, viewer, { invite });
      },
    }),
    route({
      method: 'post',
      path: paths.adminPlatform(':platform'),
      who: ADMINISTRATOR,
      changes: ['platform.approved'],
      params: z.object({ platform: Id }),
      form: Nothing,
      handle: async ({ params, viewer, now, res }) => {
        await approveOwnPlatform(byOf(viewer), params.platform, now);
        seeOther(res, `${paths.admin}?done=platform`);
      },
    }),
    route({
      method: 'post',
      path: paths.adminDeployment(':deployment'),
      who: ADMINISTRATOR,
      changes: ['deployment.approved'],
      params: z.object({ deployment: Id }),
      form: Nothing,
      handle: async ({ params, viewer, now, res }) => {
        await approveOwnDeployment(byOf(viewer), params.deployment, now);
        seeOther(res, `${paths.admin}?done=deployment`);
      },
    }),
    route({
      method: 'post',
      path: paths.adminCourse(':course'),
      who: ADMINISTRATOR,
      changes: ['course.changed'],
      params: z.object({ course: Id }),
      form: z.strictObject({ advisory: z.enum(['0', '1']) }),
      handle: async ({ params, form, viewer, now, res }) => {
        const advisory = form.advisory === '1';
        const { id } = await setAdvisory(viewer.institution, params.course, advisory, viewer.person, now);
        seeOther(res, `${paths.admin}?done=${advisory ? 'advisoryOn' : 'advisoryOff'}&of=${id}`);
      },
    }),
    route({
      method: 'post',
      path: paths.adminGrants,
      who: ADMINISTRATOR,
      changes: ['grant.added', 'grant.removed'],
      form: GrantForm,
      handle: async ({ form, viewer, now, res }) => {
        const person = form.person ?? (await personTyped(viewer, form.who));
        const change = form.do === 'add' ? grantAdministrator : revokeAdministrator;
        await change(byOf(viewer), person, now);
        seeOther(res, `${paths.admin}?done=${form.do === 'add' ? 'granted' : 'revoked'}&of=${person}`);
      },
      onInvalid: ({ viewer, res }, { fields: errors }, typed) =>
        show(res, viewer, { errors, who: typeof typed['who'] === 'string' ? typed['who'] : '' }),
    }),
  ];
}

function byOf({ institution, person, masquerader: via }: Viewer) {
  return { institution, person, via };
}

async function personTyped({ institution }: Viewer, who: string): Promise<string> {
  if (who === '') throw new Invalid([{ field: 'who', message: say('admin.error.empty') }]);
  return (await personNamed(institution, { sisId: who, email: who })).id;
}

async function tellInvite(viewer: Viewer, at: Date): Promise<void> {
  await record({
    institution: viewer.institution,
    actor: viewer.person,
    action: 'invite.made',
    subject: null,
    object: { kind: 'institution', id: viewer.institution },
    via: viewer.masquerader,
    at,
  });
}

/** The sentence after a post; a name in it is looked up in this school only. */
async function tellDone(
  res: Response,
  { institution }: Viewer,
  { done, of }: z.output<typeof query>,
): Promise<void> {
  const { t } = wordsOf(res);
  switch (done) {
    case null:
      return;
    case 'settings':
    case 'platform':
    case 'deployment':
      return tellSaved(res, t(`admin.done.${done}`));
    case 'advisoryOn':
    case 'advisoryOff':
      return of === null
        ? undefined
        : tellSaved(res, t(`admin.done.${done}`, { title: (await getCourse(institution, of)).title }));
    case 'granted':
    case 'revoked':
      return of === null
        ? undefined
        : tellSaved(res, t(`admin.done.${done}`, { name: (await getPerson(institution, of)).name }));
  }
}

type Shown = Partial<Pick<AdminFacts, 'search' | 'invite' | 'who' | 'errors' | 'typed'>>;

async function show(res: Response, viewer: Viewer, shown: Shown): Promise<void> {
  const { institution } = viewer;
  const [school, connections, courses, administrators, ofLms] = await Promise.all([
    settingsOf(institution),
    connectionsOf(institution),
    listCourses(institution),
    administratorsOf(institution),
    lmsAdministrators(institution),
  ]);
  const counts = await countMembers(
    institution,
    courses.map(({ id }) => id),
  );
  const candidates = ofLms.filter((person) => administrators.every((one) => one.person !== person));
  const named = [...administrators.flatMap(({ person, by }) => [person, by]), ...candidates];
  const people = await findPeople(institution, [...new Set(named)]);
  const model = adminPage(wordsOf(res), {
    school,
    viewer: viewer.person,
    connections,
    courses,
    counts,
    administrators,
    candidates,
    names: new Map(people.map(({ id, name }) => [id, name])),
    search: '',
    invite: null,
    typed: null,
    who: '',
    errors: [],
    ...shown,
  });
  page(res, 'admin/show', model, { status: shown.errors ? 422 : 200 });
}
