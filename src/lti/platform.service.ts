import { record } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/event.ts';
import { endSessionsOfDeployment } from '../sessions/session.service.ts';
import { NotFound } from '../shared/errors.ts';
import { inTransaction } from '../shared/mongo.ts';
import type { Deployment, Platform } from './platform.ts';
import {
  findDeployment,
  findPlatform,
  listDeployments,
  proposeDeployment,
  setDeployment,
  setPlatformStatus,
} from './platform.store.ts';

/** The deployment a launch names; an unknown one is written down, of no school, and waits for approval. */
export async function deploymentOf(platform: Platform, deploymentId: string, now: Date): Promise<Deployment> {
  const known = await findDeployment(platform.id, deploymentId);
  if (known) return known;
  return proposeDeployment(
    { platform: platform.id, deploymentId, institution: null, status: 'waiting' },
    now,
  );
}

/** Who approves or takes back a connection: a person of the school, or the operator at the command line. */
export interface Approver {
  person: string;
  via: string | null;
}
const OPERATOR: Approver = { person: 'operator', via: null };

/**
 * Lets a registered LMS in, together with the deployment that its registration named for the inviting school;
 * a deployment first met at a launch waits for its own approval. @throws NotFound
 */
export async function approvePlatform(
  id: string,
  now: Date,
  by = OPERATOR,
): Promise<{ platform: Platform; deployments: Deployment[] }> {
  const platform = await findPlatform(id);
  if (!platform) throw new NotFound(`no platform ${id}`);
  const named = (await listDeployments()).filter(
    (one) => one.platform === id && one.status === 'waiting' && one.institution === platform.invitedBy,
  );
  await inTransaction(async () => {
    for (const { id: deployment, institution } of named)
      await setDeployment(deployment, { institution, status: 'approved' });
    await setPlatformStatus(id, 'active');
    await tell(by, platform.invitedBy, 'platform.approved', { kind: 'platform', id }, now);
  });
  return {
    platform: { ...platform, status: 'active' },
    deployments: named.map((one) => ({ ...one, status: 'approved' })),
  };
}

/**
 * Says which school a deployment belongs to and lets it in. Without a school named: the one it was proposed for,
 * else the one that connected the LMS. @throws NotFound
 */
export async function approveDeployment(
  id: string,
  now: Date,
  institution?: string,
  by = OPERATOR,
): Promise<Deployment> {
  const found = (await listDeployments()).find((one) => one.id === id);
  const platform = found && (await findPlatform(found.platform));
  if (!found || !platform) throw new NotFound(`no deployment ${id}`);
  const school = institution ?? found.institution ?? platform.invitedBy;
  await inTransaction(async () => {
    await setDeployment(id, { institution: school, status: 'approved' });
    await tell(by, school, 'deployment.approved', { kind: 'deployment', id }, now);
  });
  return { ...found, institution: school, status: 'approved' };
}

/**
 * Takes an LMS out of use: its launches are refused, in every process within the time that `known.service.ts` keeps
 * a registration, and its sessions end now (quality.md B7). @throws NotFound
 */
export async function deactivatePlatform(id: string, now: Date): Promise<Platform> {
  const platform = await findPlatform(id);
  if (!platform) throw new NotFound(`no platform ${id}`);
  await inTransaction(async () => {
    await setPlatformStatus(id, 'inactive');
    await endSessionsOfPlatform(id);
    await tell(OPERATOR, platform.invitedBy, 'platform.deactivated', { kind: 'platform', id }, now);
  });
  return { ...platform, status: 'inactive' };
}

/** Ends every session that began in an LMS. */
export async function endSessionsOfPlatform(id: string): Promise<void> {
  const places = (await listDeployments()).filter(({ platform }) => platform === id);
  for (const place of places) await endSessionsOfDeployment(place.id);
}

function tell(
  { person: actor, via }: Approver,
  institution: string,
  action: string,
  object: AuditEvent['object'],
  at: Date,
): Promise<void> {
  return record({ institution, actor, action, subject: null, object, via, at });
}
