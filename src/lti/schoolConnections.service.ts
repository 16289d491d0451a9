import { NotFound } from '../shared/errors.ts';
import { forgetKnown } from './known.service.ts';
import type { Deployment, Platform } from './platform.ts';
import { approveDeployment, approvePlatform, type Approver } from './platform.service.ts';
import { listDeployments, listPlatforms } from './platform.store.ts';

/** One LMS of a school, with the places in it that are the school's or that nobody has claimed yet. */
export interface SchoolConnection {
  platform: Platform;
  /** The school's own invite made this registration: it may approve. */
  isOwn: boolean;
  deployments: Deployment[];
}

/**
 * The connections a school may see: the registrations it invited, and those of others in which a deployment is
 * its own. A waiting deployment without a school shows only to the school that connected the LMS.
 */
export async function connectionsOf(institution: string): Promise<SchoolConnection[]> {
  const [platforms, deployments] = await Promise.all([listPlatforms(), listDeployments()]);
  return platforms
    .map((platform) => {
      const isOwn = platform.invitedBy === institution;
      const mine = (one: Deployment): boolean =>
        one.institution === institution || (isOwn && one.institution === null && one.status === 'waiting');
      return {
        platform,
        isOwn,
        deployments: deployments.filter((one) => one.platform === platform.id && mine(one)),
      };
    })
    .filter(({ isOwn, deployments: places }) => isOwn || places.length > 0);
}

interface Administrator extends Approver {
  institution: string;
}

/** An administrator lets in an LMS that their school's invite registered. @throws NotFound for another's */
export async function approveOwnPlatform(by: Administrator, id: string, now: Date): Promise<void> {
  const found = (await connectionsOf(by.institution)).find(({ platform }) => platform.id === id);
  if (!found?.isOwn) throw new NotFound(`platform ${id} is not this school's`);
  await approvePlatform(id, now, by);
  forgetKnown();
}

/** An administrator lets in a place of their school's LMS, for their school. @throws NotFound for another's */
export async function approveOwnDeployment(by: Administrator, id: string, now: Date): Promise<void> {
  const found = (await connectionsOf(by.institution)).find(
    ({ isOwn, deployments }) => isOwn && deployments.some((one) => one.id === id),
  );
  if (!found) throw new NotFound(`deployment ${id} is not this school's`);
  await approveDeployment(id, now, by.institution, by);
  forgetKnown();
}
