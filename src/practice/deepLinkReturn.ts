import type { RequestHandler } from 'express';
import { z } from 'zod';
import { ContentItem, nameOf, pointsOf } from './contentItems.ts';
import { makeAssignment, makeLineItem } from './coursework.ts';
import { html, messagePage, page } from './pages/layout.ts';
import type { Claims } from './signing.ts';
import { courseOf } from './state.ts';
import type { Assignment, DeepLinkSession, MannerState, Tool } from './state.ts';
import { ToolTokenError, verifyToolJwt } from './toolKeys.ts';
import { claim } from './uris.ts';

// Where the tool's signed deep-linking response arrives (Deep Linking 2.0, 4). The token in the URL says which
// teacher asked for it in which course; the JWT is verified against the tool's key set fetched now.

interface DeepLinkOutcome {
  readonly made: readonly Assignment[];
  readonly refused: readonly { readonly title: string; readonly reason: string }[];
  readonly message: string | null;
  readonly error: string | null;
}

const Items = z.array(ContentItem);

function textClaim(claims: Claims, name: string): string | null {
  const value = claims[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function timeFault(state: MannerState, claims: Claims): string | null {
  const { maxAge, maxAhead } = state.rules.deepLink;
  const now = state.now() / 1000;
  if (typeof claims.exp !== 'number' || claims.exp <= now) return "the 'exp' must be in the future";
  if (typeof claims.iat !== 'number') return "the 'iat' must be a number";
  if (maxAge !== null && claims.iat < now - maxAge)
    return `the 'iat' must be less than ${maxAge} seconds old`;
  if (maxAhead !== null && claims.iat > now + maxAhead) return "the 'iat' must not be in the future";
  return null;
}

/** Why a verified response is not acceptable to this LMS, or null. */
function faultIn(state: MannerState, tool: Tool, session: DeepLinkSession, claims: Claims): string | null {
  const audience = Array.isArray(claims.aud) && claims.aud.length === 1 ? claims.aud[0] : claims.aud;
  if (claims.iss !== tool.clientId) return 'the issuer is not this client';
  if (audience !== state.base) return "the 'aud' must be the platform's issuer";
  if (textClaim(claims, 'nonce') === null) return state.rules.deepLink.nonceMissing;
  if (claims[claim.messageType] !== 'LtiDeepLinkingResponse')
    return 'the message type is not LtiDeepLinkingResponse';
  if (claims[claim.version] !== '1.3.0') return 'the version is not 1.3.0';
  if (claims[claim.deploymentId] !== tool.deploymentId) return 'the deployment_id is not known';
  const data = textClaim(claims, claim.deepLinkData);
  if (data !== null && data !== session.token) return 'the data claim is not what was sent';
  return timeFault(state, claims);
}

function makeItem(state: MannerState, session: DeepLinkSession, item: ContentItem): Assignment | string {
  const decision = state.rules.deepLink.decide(state, item);
  if (decision.kind === 'refuse') return decision.reason;
  const course = courseOf(state, session.courseId);
  const assignment = makeAssignment(
    state,
    { course, tool: { clientId: session.clientId } },
    {
      madeBy: 'deepLink',
      kind: decision.graded ? 'assignment' : 'link',
      title: nameOf(item),
      ...decision.assignment,
    },
  );
  if (decision.graded) addLineItem(state, assignment, item, decision.keepIds);
  return assignment;
}

function addLineItem(state: MannerState, assignment: Assignment, item: ContentItem, keepIds: boolean): void {
  const { courseId, clientId } = assignment;
  const { resourceId, tag, submissionReview } = item.lineItem ?? {};
  makeLineItem(
    state,
    { courseId, clientId, assignment, coupled: true },
    {
      label: assignment.title,
      scoreMaximum: pointsOf(item) ?? 100,
      resourceId: keepIds ? (resourceId ?? null) : null,
      tag: keepIds ? (tag ?? null) : null,
      submissionReview: submissionReview ?? null,
    },
  );
}

/** Takes verified claims and makes what they ask for; an item that is refused does not stop the others. */
function takeItems(state: MannerState, session: DeepLinkSession, claims: Claims): DeepLinkOutcome {
  const items = Items.safeParse(claims[claim.deepLinkItems] ?? []);
  if (!items.success) throw new ToolTokenError('the content_items are not readable');
  const wanted = session.multiple ? items.data : items.data.slice(0, 1);
  const made: Assignment[] = [];
  const refused: { title: string; reason: string }[] = [];
  for (const item of wanted) {
    const result = makeItem(state, session, item);
    if (typeof result === 'string') refused.push({ title: nameOf(item), reason: result });
    else made.push(result);
  }
  return {
    made,
    refused,
    message: textClaim(claims, claim.deepLinkMessage),
    error: textClaim(claims, claim.deepLinkError),
  };
}

/** Verifies a response for this return URL and applies it; throws ToolTokenError with the LMS's reason. */
async function takeDeepLink(state: MannerState, token: string, jwt: string): Promise<DeepLinkOutcome> {
  const session = state.deepLinks.get(token);
  if (!session || session.expiresAt <= state.now())
    throw new ToolTokenError('this return address is not known');
  if (session.used && state.rules.deepLink.singleUse)
    throw new ToolTokenError('this response was already taken');
  const tool = state.tools.get(session.clientId);
  if (!tool) throw new ToolTokenError('the tool is no longer registered');
  const claims = await verifyToolJwt(tool, jwt);
  const fault = faultIn(state, tool, session, claims);
  if (fault) throw new ToolTokenError(fault);
  session.used = true;
  return takeItems(state, session, claims);
}

function outcomePage(state: MannerState, session: DeepLinkSession, outcome: DeepLinkOutcome): string {
  const back = `/${state.manner}/courses/${session.courseId}/assignments`;
  return page({
    title: 'Added from the tool',
    lms: state.rules.title,
    manner: state.manner,
    scripts: ['deep-link-done.js'],
    data: { back, refused: String(outcome.refused.length) },
    body: html`<h1>${outcome.made.length === 0 ? 'Nothing was added' : 'Added to the course'}</h1>
      ${outcome.message && html`<p>${outcome.message}</p>`}
      ${outcome.error && html`<p role="alert">${outcome.error}</p>`}
      <ul>
        ${outcome.made.map((one) => html`<li>${one.title}</li>`)}
      </ul>
      ${
        outcome.refused.length > 0 &&
        html`<h2>Not added</h2>
          <ul>
            ${outcome.refused.map((one) => html`<li>${one.title}: ${one.reason}</li>`)}
          </ul>`
      }
      <p><a href="${back}" target="_top">Back to the assignments</a></p>`,
  });
}

const Form = z.object({ JWT: z.string() });

/** `POST` of the deep-link return URL; `tokenOf` finds the session's token in this manner's URL. */
export function deepLinkReturn(
  state: MannerState,
  tokenOf: (req: Parameters<RequestHandler>[0]) => string,
): RequestHandler {
  return async (req, res) => {
    const token = tokenOf(req);
    const form = Form.safeParse(req.body);
    try {
      if (!form.success) throw new ToolTokenError('the form field JWT is missing');
      const outcome = await takeDeepLink(state, token, form.data.JWT);
      res.send(outcomePage(state, state.deepLinks.get(token)!, outcome));
    } catch (error) {
      if (!(error instanceof ToolTokenError)) throw error;
      res.status(400).send(messagePage('The tool’s answer was refused', error.message));
    }
  };
}
