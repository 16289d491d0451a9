import { SignJWT } from 'jose';
import { newToken } from '../shared/crypto.ts';
import { Invalid } from '../shared/errors.ts';
import type { Keys } from './keys.service.ts';
import { problemWith } from './outboundAgent.ts';
import type { Connection } from './platform.ts';
import { originsFor, profileOf } from './profiles.ts';
import type { ContentItem } from './score.ts';

/** What the launch's deep_linking_settings say of the answer (Deep Linking 2.0 section 4.4.1). */
interface DeepLinkSettings {
  returnUrl: string;
  /** Given back unchanged. */
  data?: string | undefined;
}

/** To be posted by the browser as the form field `JWT`. */
interface DeepLinkResponse {
  returnUrl: string;
  jwt: string;
}

export type RespondToDeepLink = (
  connection: Connection,
  settings: DeepLinkSettings,
  items: readonly ContentItem[],
  options?: { message?: string },
) => Promise<DeepLinkResponse>;

const LTI = 'https://purl.imsglobal.org/spec/lti/claim';
const DL = 'https://purl.imsglobal.org/spec/lti-dl/claim';
const LIFE_S = 300;
/** Back for a platform whose clock is behind ours (lms.md 6.18). */
const BACK_S = 5;

/**
 * Signs the answer to a deep-linking launch; call it when the page that posts it is made, since Canvas takes
 * no older signature than 5 minutes. Without items it is the answer of somebody who cancelled.
 * @throws Invalid when the return address is not one of the platform's
 */
export function createDeepLink(keys: Keys, allowInsecure: boolean): RespondToDeepLink {
  return async (connection, settings, items, { message } = {}) => {
    const returnUrl = checkedReturn(connection, settings.returnUrl, allowInsecure);
    const { kid, key } = await keys.currentSigningKey();
    const now = Math.floor(Date.now() / 1_000);
    const jwt = await new SignJWT(claims(connection, settings, items, message))
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid })
      .setIssuer(connection.platform.clientId)
      .setAudience(connection.platform.issuer)
      .setIssuedAt(now - BACK_S)
      .setExpirationTime(now - BACK_S + LIFE_S)
      .sign(key);
    return { returnUrl, jwt };
  };
}

function claims(
  { platform, deploymentId }: Connection,
  { data }: DeepLinkSettings,
  items: readonly ContentItem[],
  message: string | undefined,
): Record<string, unknown> {
  const profile = profileOf(platform.family);
  return {
    nonce: newToken(16),
    [`${LTI}/deployment_id`]: deploymentId,
    [`${LTI}/message_type`]: 'LtiDeepLinkingResponse',
    [`${LTI}/version`]: '1.3.0',
    [`${DL}/content_items`]: items.map((item) => profile.contentItem(item)),
    ...(data === undefined ? {} : { [`${DL}/data`]: data }),
    ...(message === undefined ? {} : { [`${DL}/msg`]: message }),
  };
}

/** A forged return address would carry the signed answer, or the browser, elsewhere (quality.md A30). */
function checkedReturn({ platform }: Connection, address: string, allowInsecure: boolean): string {
  const url = URL.canParse(address) ? new URL(address) : null;
  const problem = url ? problemWith(url, { origins: originsFor(platform), allowInsecure }) : 'not an address';
  if (url && problem === null) return url.href;
  throw new Invalid(
    [
      {
        field: 'returnUrl',
        message: 'Your school’s LMS asked for its answer at an address that is not its own.',
      },
    ],
    { status: 400, detail: `deep link return: ${problem}` },
  );
}
