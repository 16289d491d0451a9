import type { RequestHandler } from 'express';
import { queryText } from '../http.ts';
import { beginLaunch, loginParamsOf, makeLaunch } from '../launch.ts';
import type { Launch, MannerState } from '../state.ts';
import { personOf } from '../state.ts';
import { autoSubmitPage, html, messagePage } from './layout.ts';
import type { Html, PageModel } from './layout.ts';
import { chosenTool } from './courses.ts';
import { courseHead, courseScene, show, signedIn, teachingScene } from './scene.ts';

/** A frame with a launch in it, and the same launch in a new tab. */
export function toolFrame(state: MannerState, title: string, query: Readonly<Record<string, string>>): Html {
  const href = `/${state.manner}/launch?${new URLSearchParams(query).toString()}`;
  // Canvas keeps platform storage in a sibling frame of this name.
  const sibling =
    state.rules.storage === 'forwarding' &&
    html`<iframe
      class="hidden"
      name="post_message_forwarding"
      title="Message forwarding"
      tabindex="-1"
      aria-hidden="true"
      src="/canvas/post_message_forwarding"
    ></iframe>`;
  return html`<p class="bar">
      <a href="${href}" data-new-tab target="_blank" rel="opener">Open in a new tab</a>
    </p>
    ${sibling}
    <iframe
      class="tool"
      data-tool
      name="tool"
      title="${title}"
      src="${href}"
      allow="clipboard-write; fullscreen"
    ></iframe>`;
}

/** What a page with a tool frame needs besides its body. */
export function framePage(state: MannerState): Pick<PageModel, 'scripts' | 'data'> {
  return { scripts: ['tool-frame.js'], data: { storage: state.rules.storage } };
}

function noTool(): Html {
  return html`<p>No tool is registered yet. An administrator can do that under “Tools”.</p>`;
}

/** `GET /{manner}/courses/:course/tool` */
export function toolPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = courseScene(state, req, res);
    if (!scene) return;
    const tool = chosenTool(state, req.query.client);
    const query = { course: scene.course.id, ...(tool && { client: tool.clientId }) };
    show(state, res, scene.person, {
      title: 'Learning plan',
      ...framePage(state),
      body: html`${courseHead(state, scene, 'tool', 'Learning plan')}
      ${tool ? toolFrame(state, tool.name, query) : noTool()}`,
    });
  };
}

/** `GET /{manner}/courses/:course/add-from-tool`: deep linking. */
export function addFromToolPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const scene = teachingScene(state, req, res);
    if (!scene) return;
    const tool = chosenTool(state, req.query.client);
    const query = { course: scene.course.id, message: 'deep', ...(tool && { client: tool.clientId }) };
    show(state, res, scene.person, {
      title: 'Add from the tool',
      ...framePage(state),
      body: html`${courseHead(state, scene, 'assignments', 'Add assignments from the tool')}
      ${tool ? toolFrame(state, `${tool.name}: choose`, query) : noTool()}`,
    });
  };
}

/** `GET /canvas/account-tool`: the account_navigation placement, for administrators. */
export function accountToolPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const session = signedIn(state, req, res);
    if (!session) return;
    const tool = chosenTool(state, req.query.client);
    const query = { placement: 'account_navigation', ...(tool && { client: tool.clientId }) };
    show(state, res, session.person, {
      title: 'Learning plan, account',
      ...framePage(state),
      body: html`<h1>Learning plan for the account</h1>
        ${tool ? toolFrame(state, tool.name, query) : noTool()}`,
    });
  };
}

function refusal(state: MannerState, launch: Launch): string | null {
  if (launch.tool.status !== 'active') return 'This tool is not active yet.';
  const own = state.rules.refuseLaunch(launch);
  if (own !== null) return own;
  const teaches = launch.person.kind === 'administrator' || isStaff(launch);
  return launch.message === 'deep' && !teaches ? 'Only teachers may add things to this course.' : null;
}

function isStaff({ course, person }: Launch): boolean {
  const membership = course?.members.get(person.key);
  return membership?.active === true && ['teacher', 'assistant'].includes(membership.role);
}

/** `GET /{manner}/launch`: begins a launch for the signed-in person and sends the browser to the tool's login. */
export function launchPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const session = signedIn(state, req, res);
    if (!session) return;
    const about = queryText(req, 'about');
    const launch = makeLaunch(state, {
      person: session.person.key,
      course: queryText(req, 'course') ?? undefined,
      assignment: queryText(req, 'assignment') ?? undefined,
      message: queryText(req, 'message') === 'deep' ? 'deep' : 'resource',
      placement: queryText(req, 'placement') ?? undefined,
      clientId: queryText(req, 'client') ?? undefined,
      about: about !== null && state.people.has(about) ? personOf(state, about).key : undefined,
    });
    const reason = refusal(state, launch);
    if (reason !== null) return void res.status(403).send(messagePage('The tool cannot be opened', reason));
    const pending = beginLaunch(state, launch, session.id);
    const fields = loginParamsOf(state, pending);
    res.setHeader('Cache-Control', 'no-store');
    if (state.rules.loginMethod === 'GET') {
      const url = new URL(launch.tool.loginUrl);
      for (const [name, value] of Object.entries(fields)) url.searchParams.set(name, value);
      return res.redirect(302, url.href);
    }
    res.send(autoSubmitPage({ action: launch.tool.loginUrl, method: 'POST', fields }));
  };
}

/** `GET /canvas/post_message_forwarding`: the sibling frame of Canvas's platform storage. */
export function forwardingFrame(): RequestHandler {
  return (_req, res) => {
    res.send(
      html`<!doctype html>
        <html lang="en">
          <head>
            <meta charset="utf-8" />
            <title>Message forwarding</title>
            <script src="/static/storage-frame.js" defer></script>
          </head>
          <body></body>
        </html>`.html,
    );
  };
}
