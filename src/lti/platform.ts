/** The LMS families whose manners are known; anything else is `generic` (lms.md, issue 6 fills the rest). */
export type LmsFamily = 'canvas' | 'schoology' | 'moodle' | 'generic';

/** Registration: one (issuer, client_id) of one LMS. It may hold many schools through its deployments. */
export interface Platform {
  id: string;
  issuer: string;
  clientId: string;
  family: LmsFamily;
  name: string;
  authorizationEndpoint: string;
  tokenEndpoint: string;
  /** `aud` of the client assertion; differs from the token URL at Brightspace (lms.md section 4). */
  tokenAudience: string;
  jwksUri: string;
  /** Origins that service calls, frames and deep-link returns may use. */
  origins: string[];
  status: 'inactive' | 'active';
  /** The school whose invite made this registration: where a new deployment is proposed to go. */
  invitedBy: string;
  createdAt: Date;
}

/** Deployment: belongs to exactly one institution once approved; an unknown one waits. */
export interface Deployment {
  id: string;
  platform: string;
  deploymentId: string;
  institution: string | null;
  status: 'waiting' | 'approved' | 'removed';
  createdAt: Date;
}

/** Everything a service call needs to know of the LMS side. */
export interface Connection {
  institution: string;
  platform: Platform;
  deploymentId: string;
}

/** Guesses the family from the OpenID configuration's or the launch's `product_family_code` (LTI 1.3 Core 5.4.3). */
export function familyOf(productFamilyCode: string | undefined): LmsFamily {
  const code = productFamilyCode?.toLowerCase() ?? '';
  return code === 'canvas' || code === 'schoology' || code === 'moodle' ? code : 'generic';
}

/** The distinct origins of the platform's own endpoints. */
export function originsOf(urls: readonly string[]): string[] {
  return [...new Set(urls.map((url) => new URL(url).origin))];
}
