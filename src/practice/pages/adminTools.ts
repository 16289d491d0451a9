import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import type { LmsSession } from '../session.ts';
import { startRegistration } from '../registration.ts';
import type { MannerState, Tool } from '../state.ts';
import { activateTool, registerByHand, settingsFor } from '../tools.ts';
import { html, messagePage } from './layout.ts';
import type { Html } from './layout.ts';
import { show, signedIn } from './scene.ts';

function administrator(state: MannerState, req: Request, res: Response): LmsSession | null {
  const session = signedIn(state, req, res);
  if (!session || session.person.kind === 'administrator') return session;
  res.status(403).send(messagePage('No access', 'Only the administrator registers tools.'));
  return null;
}

function toolCard(state: MannerState, tool: Tool): Html {
  const settings = settingsFor(state, tool);
  const facts: [string, string][] = [
    ['Client id', settings.clientId],
    ['Deployment id', settings.deploymentId],
    ['Issuer', settings.issuer],
    ['Authorization', settings.authorizationEndpoint],
    ['Token', settings.tokenEndpoint],
    ['Key set', settings.jwksUri],
    ['Login', tool.loginUrl],
    ['Redirects', tool.redirectUris.join(' ')],
  ];
  return html`<li>
    <h2>${tool.name} <span class="badge">${tool.status}</span></h2>
    <dl>
      ${facts.map(
        ([name, value]) =>
          html`<dt>${name}</dt>
            <dd>${value}</dd>`,
      )}
    </dl>
    ${
      tool.status === 'pending' &&
      html`<form method="post" action="/${state.manner}/admin/tools/${tool.clientId}/activate">
        <button class="main">Activate</button>
      </form>`
    }
  </li>`;
}

function field(name: string, label: string, value: string, required = true): Html {
  return html`<label for="${name}">${label}</label>
    <input id="${name}" name="${name}" value="${value}" ${required && html` required`} />`;
}

function registerPart(state: MannerState): Html {
  const root = `/${state.manner}/admin/tools`;
  return html`${
      state.rules.paths.registration &&
      html`<h2>Register a tool</h2>
        <form class="field" method="get" action="${root}/register">
          ${field('url', 'Registration URL of the tool', '')}
          <p><button class="main">Open the registration</button></p>
        </form>`
    }
    <h2>Register by hand</h2>
    <form class="field" method="post" action="${root}">
      ${field('name', 'Name', 'Learning plan')} ${field('loginUrl', 'OIDC login initiation URL', '')}
      ${field('launchUrls', 'Redirect URLs, separated by commas', '')} ${field('jwksUrl', 'Key set URL', '')}
      ${field('deepLinkUrl', 'Deep linking URL (may be empty)', '', false)}
      <p><button class="main">Register</button></p>
    </form>`;
}

/** `GET /{manner}/admin/tools` */
export function toolsPage(state: MannerState): RequestHandler {
  return (req, res) => {
    const session = administrator(state, req, res);
    if (!session) return;
    const tools = [...state.tools.values()];
    show(state, res, session.person, {
      title: 'Tools',
      body: html`<h1>Tools</h1>
        ${tools.length === 0 && html`<p>No tool is registered yet.</p>`}
        <ul class="cards">
          ${tools.map((tool) => toolCard(state, tool))}
        </ul>
        ${registerPart(state)}`,
    });
  };
}

/** `GET /{manner}/admin/tools/register?url=…`: the tool's registration in a frame. */
export function registerPage(state: MannerState): RequestHandler {
  return async (req, res) => {
    const session = administrator(state, req, res);
    if (!session) return;
    const url = z.url().safeParse(req.query.url);
    if (!url.success) return void res.status(422).send(messagePage('Not opened', 'This is not a URL.'));
    const src = await startRegistration(state, url.data);
    show(state, res, session.person, {
      title: 'Register a tool',
      scripts: ['tool-frame.js'],
      data: { storage: 'none', closed: `/${state.manner}/admin/tools` },
      body: html`<h1>Register a tool</h1>
        <p>
          The tool finishes by itself and closes this page.
          <a href="/${state.manner}/admin/tools">Back to the tools</a>
        </p>
        <iframe class="tool" data-tool name="tool" title="Registration of the tool" src="${src}"></iframe>`,
    });
  };
}

const ByHand = z.object({
  name: z.string().trim().min(1),
  loginUrl: z.url(),
  launchUrls: z
    .string()
    .transform((text) => text.split(/[\s,]+/).filter((one) => one !== ''))
    .pipe(z.array(z.url()).min(1)),
  jwksUrl: z.url(),
  deepLinkUrl: z.union([z.literal(''), z.url()]).default(''),
});

/** `POST /{manner}/admin/tools`: manual registration. */
export function registerManually(state: MannerState): RequestHandler {
  return (req, res) => {
    if (!administrator(state, req, res)) return;
    const form = ByHand.safeParse(req.body);
    if (!form.success)
      return void res.status(422).send(messagePage('Not registered', z.prettifyError(form.error)));
    const { deepLinkUrl, ...rest } = form.data;
    registerByHand(state, { ...rest, ...(deepLinkUrl !== '' && { deepLinkUrl }) });
    res.redirect(303, `/${state.manner}/admin/tools`);
  };
}

/** `POST /{manner}/admin/tools/:client/activate` */
export function activatePage(state: MannerState): RequestHandler {
  return (req, res) => {
    if (!administrator(state, req, res)) return;
    activateTool(state, String(req.params.client));
    res.redirect(303, `/${state.manner}/admin/tools`);
  };
}
