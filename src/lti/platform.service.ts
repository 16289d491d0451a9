import { record } from '../audit/audit.service.ts';
import type { AuditEvent } from '../audit/event.ts';
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

/**
 * Lets a registered LMS in, together with the deployment that its registration named for the inviting school;
 * a deployment first met at a launch waits for its own approval. @throws NotFound
 */
export async function approvePlatform(
  id: string,
  now: Date,
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
    await tell(platform.invitedBy, 'platform.approved', { kind: 'platform', id }, now);
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
export async function approveDeployment(id: string, now: Date, institution?: string): Promise<Deployment> {
  const found = (await listDeployments()).find((one) => one.id === id);
  const platform = found && (await findPlatform(found.platform));
  if (!found || !platform) throw new NotFound(`no deployment ${id}`);
  const school = institution ?? found.institution ?? platform.invitedBy;
  await inTransaction(async () => {
    await setDeployment(id, { institution: school, status: 'approved' });
    await tell(school, 'deployment.approved', { kind: 'deployment', id }, now);
  });
  return { ...found, institution: school, status: 'approved' };
}

function tell(institution: string, action: string, object: AuditEvent['object'], at: Date): Promise<void> {
  return record({ institution, actor: 'operator', action, subject: null, object, at });
}
