/**
 * The deep-linking picker. A launch left a request behind; the advisor chooses, the answer is signed at that
 * moment and the browser posts it to the LMS. What was prepared becomes an assignment only when the LMS opens it.
 */
import type { Response } from 'express';
import { z } from 'zod';
import { getCourse } from '../courses/course.service.ts';
import { standingIn } from '../courses/enrolment.service.ts';
import { schoolDay } from '../goals/goalTime.ts';
import { settingsOf } from '../institutions/settings.service.ts';
import type { Viewer } from '../people/viewer.ts';
import { say } from '../plans/say.ts';
import { Conflict, type FieldError } from '../shared/errors.ts';
import { Id } from '../shared/model.ts';
import { page, wordsOf } from '../shared/page.ts';
import { paths } from '../shared/paths.ts';
import { deepLinkReturnPage } from '../shared/system.page.ts';
import { listLinksOf, prepareLinks } from '../tasks/link.service.ts';
import { getTemplate, listTemplates } from '../tasks/template.ts';
import { allowFormTargets } from '../web/headers.ts';
import { route, seeOther, type Declaration } from '../web/route.ts';
import type { RespondToDeepLink } from './deepLink.ts';
import { choicesFrom, PickerForm, PickerQuery } from './deepLinkChoice.ts';
import { contentItemOf } from './deepLinkItem.ts';
import { closedPage, pickerPage, refusedPage } from './deepLinkPicker.page.ts';
import { closeDeepLinkRequest, findDeepLinkRequest, type DeepLinkRequest } from './deepLinkRequest.store.ts';
import { connectionOf } from './known.service.ts';
import { lmsNameOf } from './lmsName.ts';
import type { Connection } from './platform.ts';
import type { ContentItem } from './score.ts';

const params = z.object({ request: Id });
const path = paths.deepLink(':request');

/** @param publicUrl the tool's own address, for the items' launch address */
export function deepLinkRoutes(respond: RespondToDeepLink, publicUrl: string): Declaration[] {
  return [
    route({
      method: 'get',
      path,
      who: { of: 'staff' },
      changes: [],
      params,
      query: PickerQuery,
      handle: async ({ params, query, viewer, now, res }) => {
        const place = await placeOf(viewer, params.request, now);
        if (!place) return showClosed(res);
        await showPicker(res, place, query);
      },
    }),
    route({
      method: 'post',
      path,
      who: { of: 'staff' },
      changes: ['link.prepared'],
      params,
      form: PickerForm,
      handle: async ({ params, form, viewer, now, res }) => {
        const place = await placeOf(viewer, params.request, now);
        if (!place) return showClosed(res);
        if (form.do === 'find') return seeOther(res, `${paths.deepLink(place.request.id)}?${queryOf(form)}`);
        if (form.do === 'cancel') return answer(res, place, [], say('assign.picker.cancelled'));
        await add(res, place, form, now);
      },
      onInvalid: async ({ params, viewer, now, res }, problem, typed) => {
        const place = await placeOf(viewer, params.request, now);
        if (!place) return showClosed(res);
        await showPicker(res, place, PickerQuery.catch(PickerQuery.parse({})).parse(typed), problem.fields);
      },
    }),
  ];

  async function add(res: Response, place: Place, form: PickerQuery, now: Date): Promise<void> {
    const { request, viewer } = place;
    if (refusal(place) !== null) return showRefusal(res, place);
    const { zone } = await settingsOf(viewer.institution);
    const rules = { zone, today: schoolDay(now, zone), multiple: request.settings.acceptMultiple };
    const choices = choicesFrom(form, rules);
    await close(request);
    const actor = {
      institution: viewer.institution,
      person: viewer.person,
      role: 'advisor' as const,
      via: viewer.masquerader,
    };
    const links = await prepareLinks(actor, request.course, choices, now);
    const items = links.map((link) =>
      contentItemOf(link, {
        text: say(getTemplate(link.template).summary),
        launchUrl: publicUrl + paths.launch,
        withColumn: request.settings.acceptLineItem,
      }),
    );
    await sendBack(res, place, items, say('assign.picker.added', { count: items.length }));
  }

  async function answer(
    res: Response,
    place: Place,
    items: readonly ContentItem[],
    message: string,
  ): Promise<void> {
    await close(place.request);
    await sendBack(res, place, items, message);
  }

  async function sendBack(
    res: Response,
    { connection, request }: Place,
    items: readonly ContentItem[],
    message: string,
  ): Promise<void> {
    const { returnUrl, data } = request.settings;
    const settings = { returnUrl, ...(data === null ? {} : { data }) };
    const response = await respond(connection, settings, items, { message });
    allowFormTargets(res, [new URL(response.returnUrl).origin]);
    page(res, 'system/deepLinkReturn', deepLinkReturnPage(wordsOf(res), response));
  }
}

/** The request with everything around it. */
interface Place {
  request: DeepLinkRequest;
  viewer: Viewer;
  connection: Connection;
  course: string;
  isAdvisor: boolean;
}

/** @returns null when there is no such request of this person, or it was answered. */
async function placeOf(viewer: Viewer, id: string, now: Date): Promise<Place | null> {
  const request = await findDeepLinkRequest(viewer.institution, viewer.person, id, now);
  if (!request) return null;
  const course = await getCourse(viewer.institution, request.course);
  return {
    request,
    viewer,
    connection: await connectionOf(request, now),
    course: course.title,
    isAdvisor: (await standingIn(viewer, course.id)) === 'advisor',
  };
}

/** Answered once: of two posts at the same time one wins. */
async function close({ institution, id }: DeepLinkRequest): Promise<void> {
  if (!(await closeDeepLinkRequest(institution, id)))
    throw new Conflict(say('assign.picker.closed.body'), `deep link request ${id} was answered`);
}

function refusal({ request, isAdvisor }: Place): 'noLinks' | 'notAdvisory' | null {
  if (!request.settings.acceptTypes.includes('ltiResourceLink')) return 'noLinks';
  return isAdvisor ? null : 'notAdvisory';
}

async function showPicker(
  res: Response,
  place: Place,
  query: PickerQuery,
  errors: readonly FieldError[] = [],
): Promise<void> {
  if (refusal(place) !== null) return showRefusal(res, place);
  const words = wordsOf(res);
  const { request, connection, course } = place;
  const { family } = connection.platform;
  const links = await listLinksOf(request.institution, request.course);
  const model = pickerPage(words, {
    action: paths.deepLink(request.id),
    course,
    lms: words.t(lmsNameOf(family)),
    family,
    multiple: request.settings.acceptMultiple,
    withColumn: request.settings.acceptLineItem,
    templates: listTemplates(),
    inCourse: new Set(links.filter((link) => link.resourceLinkId !== null).map(({ template }) => template)),
    query,
    errors,
  });
  page(res, 'deepLink/picker', model, { status: errors.length > 0 ? 422 : 200 });
}

function showRefusal(res: Response, place: Place): void {
  const words = wordsOf(res);
  const { request, connection, course } = place;
  const lms = words.t(lmsNameOf(connection.platform.family));
  const why = refusal(place) ?? 'noLinks';
  page(res, 'deepLink/refused', refusedPage(words, { action: paths.deepLink(request.id), why, lms, course }));
}

function showClosed(res: Response): void {
  page(res, 'deepLink/closed', closedPage(wordsOf(res)), { status: 404 });
}

/** The search and what was chosen so far, for the address of the found tasks. */
function queryOf({ q, grade, part, task, points, due }: PickerQuery): string {
  const query = new URLSearchParams(task.map((id): [string, string] => ['task', id]));
  const details = task.flatMap((id): [string, string | undefined][] => [
    [`points.${id}`, points[id]],
    [`due.${id}`, due[id]],
  ]);
  for (const [name, value] of [['q', q], ['grade', grade], ['part', part], ...details] as const)
    if (value) query.append(name, value);
  return query.toString();
}
