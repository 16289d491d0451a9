/**
 * Registrations and deployments as the door and the worker read them: on every launch, while they change a
 * few times a year. Kept for a short while, so that an approval or a removal is felt within it in every
 * process (quality.md B7: 60 s).
 */
import { NotFound } from '../shared/errors.ts';
import { endSessionsOfDeployment } from '../sessions/session.service.ts';
import type { Connection, Deployment, Platform } from './platform.ts';
import { deploymentOf } from './platform.service.ts';
import { findPlatform, findPlatforms, setDeployment } from './platform.store.ts';

const KEEP_MS = 15_000;
const MOST_KEPT = 5_000;

interface Kept<T> {
  value: T;
  until: number;
}
const platforms = new Map<string, Kept<Platform>>();
const deployments = new Map<string, Kept<Deployment>>();

/** Forgets what was read, after a change in this process. */
export function forgetKnown(): void {
  platforms.clear();
  deployments.clear();
}

/** The active registration that a login names; null when unknown, inactive or not certain (A14: no guess). */
export async function platformOfLogin(
  issuer: string,
  clientId: string | undefined,
  now: Date,
): Promise<Platform | null> {
  return cached(platforms, `${issuer} ${clientId ?? ''}`, now, isActive, async () => {
    const found = await findPlatforms(issuer, clientId);
    return found.length === 1 ? (found[0] ?? null) : null;
  });
}

export async function activePlatform(id: string, now: Date): Promise<Platform | null> {
  return cached(platforms, id, now, isActive, () => findPlatform(id));
}

/** The approved deployment of a launch, with its school; a waiting one is null and was remembered. */
export async function approvedDeployment(
  platform: Platform,
  deploymentId: string,
  now: Date,
): Promise<(Deployment & { institution: string }) | null> {
  const key = `${platform.id} ${deploymentId}`;
  const found = await cached(deployments, key, now, isApproved, () =>
    deploymentOf(platform, deploymentId, now),
  );
  return found as (Deployment & { institution: string }) | null;
}

/** What service calls for a course need. @throws NotFound when its registration is gone or inactive. */
export async function connectionOf(
  course: { institution: string; platform: string; deploymentId: string },
  now: Date,
): Promise<Connection> {
  const platform = await activePlatform(course.platform, now);
  if (!platform) throw new NotFound(`platform ${course.platform} is not active`);
  return { institution: course.institution, platform, deploymentId: course.deploymentId };
}

/** Takes a deployment out of use: its sessions end at once. */
export async function removeDeployment(id: string): Promise<void> {
  await setDeployment(id, { institution: null, status: 'removed' });
  await endSessionsOfDeployment(id);
  forgetKnown();
}

function isActive(platform: Platform): boolean {
  return platform.status === 'active';
}

function isApproved(deployment: Deployment): boolean {
  return deployment.status === 'approved' && deployment.institution !== null;
}

/** Only what is usable is kept: something that waits for a person is asked for again each time. */
async function cached<T>(
  cache: Map<string, Kept<T>>,
  key: string,
  now: Date,
  usable: (value: T) => boolean,
  load: () => Promise<T | null>,
): Promise<T | null> {
  const entry = cache.get(key);
  if (entry && entry.until > now.getTime()) return entry.value;
  const value = await load();
  if (value === null || !usable(value)) return null;
  if (cache.size >= MOST_KEPT) cache.clear();
  cache.set(key, { value, until: now.getTime() + KEEP_MS });
  return value;
}
