/**
 * Registering an LMS (quality.md A28, A29). The operator's invite is a link; the LMS opens it with its own
 * parameters. The GET shows who asks and changes nothing, since previews open links too; the button's POST takes the
 * invite, and only then is anything fetched. What is stored stays inactive until an operator approves it.
 */
import { z } from 'zod';
import { record } from '../audit/audit.service.ts';
import { hashOf, newToken } from '../shared/crypto.ts';
import { Conflict, Forbidden, Invalid, LmsError } from '../shared/errors.ts';
import type { Log } from '../shared/log.ts';
import { inTransaction } from '../shared/mongo.ts';
import { addInvite, findOpenInvite, giveBackInvite, takeInvite, type Invite } from './invite.store.ts';
import { guardedFetch, guardedJson, parseJson } from './outbound.ts';
import { problemWith } from './outboundAgent.ts';
import type { Platform } from './platform.ts';
import { addPlatform, findPlatforms, proposeDeployment, replacePlatform } from './platform.store.ts';
import { endSessionsOfPlatform } from './platform.service.ts';
import { maySpeakFor } from './profiles.ts';
import {
  ManualPlatform,
  PlatformConfiguration,
  platformFrom,
  platformFromManual,
  RegistrationAnswer,
  registrationBody,
  toolUrls,
} from './registration.ts';
import { errorOf } from './refusal.ts';

/** The parameters with which an LMS opens the link (LTI Dynamic Registration 1.0 section 3.3). */
export type RegistrationQuery = z.output<typeof RegistrationQuery>;
export const RegistrationQuery = z.object({
  invite: z.string().min(1).max(200),
  openid_configuration: z.string().max(4_000).optional(),
  registration_token: z.string().max(8_000).optional(),
});

/** The Continue button's form. */
export type RegistrationForm = z.output<typeof RegistrationForm>;
export const RegistrationForm = RegistrationQuery.required({ openid_configuration: true });

/** Who asks. `host` null: a person opened the link, not an LMS. */
export interface RegistrationAsk {
  /** The link to paste into the LMS. */
  link: string;
  host: string | null;
  /** Hidden fields of the Continue button's form. */
  fields: { name: string; value: string }[];
}

interface Registered {
  platform: Platform;
  /** `updated`: the LMS was registered before, and waits for approval again. */
  outcome: 'new' | 'updated';
}

export interface Registration {
  /** @returns the link to paste into the LMS. It holds the only copy of its token. */
  invite(institution: string, now: Date): Promise<{ url: string; expiresAt: Date }>;
  /** Changes and fetches nothing. @throws Forbidden without an open invite, Invalid for a bad address */
  showRegistration(query: RegistrationQuery, now: Date): Promise<RegistrationAsk>;
  /** @throws Forbidden, Invalid, Conflict when another school connected this client, LmsError */
  completeRegistration(form: RegistrationForm, now: Date): Promise<Registered>;
  /** Stores, inactive, what somebody copied by hand; the same client again is updated. @throws Invalid, Conflict */
  addManualPlatform(json: unknown, institution: string, now: Date): Promise<Platform>;
}

interface Settings {
  publicUrl: string;
  allowInsecure: boolean;
  log: Log;
}

const INVITE_LIFE_MS = 7 * 24 * 60 * 60_000;

export function createRegistration(settings: Settings): Registration {
  return {
    invite: (institution, now) => invite(settings, institution, now),
    showRegistration: (query, now) => show(settings, query, now),
    completeRegistration: (form, now) => complete(settings, form, now),
    addManualPlatform: (json, institution, now) => addManual(settings, json, institution, now),
  };
}

async function invite({ publicUrl }: Settings, institution: string, now: Date) {
  const token = newToken();
  const expiresAt = new Date(now.getTime() + INVITE_LIFE_MS);
  const tokenHash = hashOf(token);
  await addInvite({ tokenHash, institution, expiresAt, usedAt: null, tries: 0, createdAt: now });
  return { url: linkOf(publicUrl, token), expiresAt };
}

const linkOf = (publicUrl: string, token: string): string =>
  `${toolUrls(publicUrl).register}?invite=${encodeURIComponent(token)}`;

async function show(settings: Settings, query: RegistrationQuery, now: Date): Promise<RegistrationAsk> {
  if (!(await findOpenInvite(hashOf(query.invite), now))) throw noInvite();
  const link = linkOf(settings.publicUrl, query.invite);
  const address = query.openid_configuration;
  if (address === undefined) return { link, host: null, fields: [] };
  const { host } = configurationUrl(settings, address);
  return { link, host, fields: fieldsOf({ ...query, openid_configuration: address }) };
}

function fieldsOf(form: RegistrationForm): { name: string; value: string }[] {
  return Object.entries(form).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}

const noInvite = (): Forbidden =>
  new Forbidden(
    'registration without an open invite',
    'This link has been used or has expired. Ask for a new one and register again.',
  );

async function complete(settings: Settings, form: RegistrationForm, now: Date): Promise<Registered> {
  const address = configurationUrl(settings, form.openid_configuration);
  const taken = await takeInvite(hashOf(form.invite), now);
  if (!taken) throw noInvite();
  try {
    const done = await register(settings, taken, { address, token: form.registration_token }, now);
    const facts = { institution: taken.institution, platform: done.platform.id, outcome: done.outcome };
    settings.log.info(facts, 'an LMS registered and waits for approval');
    return done;
  } catch (error) {
    await giveBackInvite(taken.id);
    throw error;
  }
}

async function register(
  settings: Settings,
  taken: Invite,
  lms: { address: URL; token: string | undefined },
  now: Date,
): Promise<Registered> {
  const configuration = await fetchConfiguration(settings, lms);
  const { clientId, deploymentId } = await postRegistration(settings, configuration, lms.token);
  const wanted = platformFrom(configuration, clientId, { invitedBy: taken.institution, createdAt: now });
  return inTransaction(() => keep(wanted, deploymentId, now));
}

/** The configuration must come from its issuer: else anybody with an invite could speak for another LMS. */
async function fetchConfiguration(
  settings: Settings,
  { address, token }: { address: URL; token: string | undefined },
): Promise<PlatformConfiguration> {
  const rules = { origins: [address.origin], allowInsecure: settings.allowInsecure };
  const json = await guardedJson(address.href, rules, bearer(token));
  const parsed = PlatformConfiguration.safeParse(json);
  if (!parsed.success) throw unfit(parsed.error.issues.map(({ path }) => path.join('.')).join(', '));
  const configuration = parsed.data;
  if (!maySpeakFor(new URL(configuration.issuer), address)) throw unfit('issuer');
  refuseAddresses(settings, configuration);
  return configuration;
}

const bearer = (token: string | undefined): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {};

const unfit = (fields: string): Invalid =>
  new Invalid(
    [
      {
        field: 'openid_configuration',
        message: 'This LMS described itself in a way that LTI does not allow.',
      },
    ],
    { status: 400, detail: `openid configuration: ${fields}` },
  );

function refuseAddresses({ allowInsecure }: Settings, configuration: PlatformConfiguration): void {
  const names = [
    'issuer',
    'authorization_endpoint',
    'token_endpoint',
    'jwks_uri',
    'registration_endpoint',
  ] as const;
  for (const name of names) {
    const url = new URL(configuration[name]);
    if (problemWith(url, { origins: [url.origin], allowInsecure }) !== null) throw unfit(name);
  }
}

async function postRegistration(
  { publicUrl, allowInsecure }: Settings,
  configuration: PlatformConfiguration,
  token: string | undefined,
): Promise<RegistrationAnswer> {
  const url = configuration.registration_endpoint;
  const answer = await guardedFetch(
    url,
    { origins: [new URL(url).origin], allowInsecure },
    {
      method: 'POST',
      headers: { ...bearer(token), 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(registrationBody(publicUrl, configuration)),
    },
  );
  if (answer.status < 200 || answer.status > 299) throw errorOf({ call: 'registration', ...answer }, []);
  const parsed = RegistrationAnswer.safeParse(parseJson(answer.text));
  if (parsed.success) return parsed.data;
  throw new LmsError('bad-answer', { retry: false, detail: 'the registration answer has no client id' });
}

async function keep(
  wanted: Omit<Platform, 'id'>,
  deploymentId: string | null,
  now: Date,
  actor: 'system' | 'operator' = 'system',
): Promise<Registered> {
  const done = await keepPlatform(wanted);
  if (deploymentId !== null) await propose(done.platform, deploymentId, now);
  await record({
    institution: wanted.invitedBy,
    actor,
    action: 'platform.registered',
    subject: null,
    object: { kind: 'platform', id: done.platform.id },
    at: now,
  });
  return done;
}

/**
 * Moodle registers a known host again as the same client; its data are renewed, it waits for approval again and its
 * sessions end. Another school's are not touched.
 */
async function keepPlatform(wanted: Omit<Platform, 'id'>): Promise<Registered> {
  const [known] = await findPlatforms(wanted.issuer, wanted.clientId);
  if (!known) return { platform: await addPlatform(wanted), outcome: 'new' };
  if (known.invitedBy !== wanted.invitedBy)
    throw new Conflict('Another school has connected this LMS with the same client id.');
  const { createdAt: _, ...change } = wanted;
  await replacePlatform(known.id, change);
  await endSessionsOfPlatform(known.id);
  return { platform: { ...known, ...change }, outcome: 'updated' };
}

async function propose(platform: Platform, deploymentId: string, now: Date): Promise<void> {
  const { id, invitedBy } = platform;
  await proposeDeployment({ platform: id, deploymentId, institution: invitedBy, status: 'waiting' }, now);
}

function configurationUrl({ allowInsecure }: Settings, address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : null;
  const problem = url ? problemWith(url, { origins: [url.origin], allowInsecure }) : 'not an address';
  if (url && problem === null && url.hash === '') return url;
  throw new Invalid(
    [{ field: 'openid_configuration', message: 'Your LMS gave an address that cannot be used.' }],
    { status: 400, detail: `openid_configuration: ${problem ?? 'has a fragment'}` },
  );
}

async function addManual(
  { allowInsecure }: Settings,
  json: unknown,
  institution: string,
  now: Date,
): Promise<Platform> {
  const parsed = ManualPlatform.safeParse(json);
  if (!parsed.success)
    throw new Invalid(parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })));
  const wanted = platformFromManual(parsed.data, { invitedBy: institution, createdAt: now });
  const open = wanted.origins.find(
    (origin) => problemWith(new URL(origin), { origins: [origin], allowInsecure }) !== null,
  );
  if (open) throw new Invalid([{ field: 'origins', message: `${open} is not https.` }]);
  const deploymentId = parsed.data.deploymentId ?? null;
  return (await inTransaction(() => keep(wanted, deploymentId, now, 'operator'))).platform;
}
