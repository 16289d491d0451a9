import { defineModel, isDuplicate, plain } from '../shared/model.ts';
import { Conflict } from '../shared/errors.ts';
import type { Deployment, Platform } from './platform.ts';

type PlatformDoc = Omit<Platform, 'id'> & { _id: string };
type DeploymentDoc = Omit<Deployment, 'id'> & { _id: string };

const Platforms = defineModel<PlatformDoc>({
  name: 'platforms',
  tenancy: { global: 'a registration is looked up before its school is known, and may hold many schools' },
  fields: {
    issuer: { type: String, required: true },
    clientId: { type: String, required: true },
    family: { type: String, required: true },
    name: { type: String, required: true },
    authorizationEndpoint: { type: String, required: true },
    tokenEndpoint: { type: String, required: true },
    tokenAudience: { type: String, required: true },
    jwksUri: { type: String, required: true },
    origins: { type: [String], required: true },
    status: { type: String, required: true },
    invitedBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  indexes: [[{ issuer: 1, clientId: 1 }, { unique: true }]],
  registry: [
    {
      fields: [
        'issuer',
        'clientId',
        'family',
        'name',
        'authorizationEndpoint',
        'tokenEndpoint',
        'tokenAudience',
        'jwksUri',
        'origins',
        'status',
        'invitedBy',
        'createdAt',
      ],
      purpose: 'talk to the LMS and check what it sends',
      audience: 'administrator',
      retention: 'with the connection',
    },
  ],
});

const Deployments = defineModel<DeploymentDoc>({
  name: 'deployments',
  tenancy: { global: 'a waiting deployment belongs to no school yet' },
  fields: {
    platform: { type: String, required: true },
    deploymentId: { type: String, required: true },
    institution: { type: String, default: null },
    status: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  indexes: [[{ platform: 1, deploymentId: 1 }, { unique: true }], [{ institution: 1 }]],
  registry: [
    {
      fields: ['platform', 'deploymentId', 'institution', 'status', 'createdAt'],
      purpose: 'say which school a launch belongs to',
      audience: 'administrator',
      retention: 'with the connection',
    },
  ],
});

/** @throws Conflict when this (issuer, client_id) is registered already. */
export async function addPlatform(platform: Omit<Platform, 'id'>): Promise<Platform> {
  try {
    return plain((await Platforms.create(platform)).toObject<PlatformDoc>());
  } catch (error) {
    if (isDuplicate(error)) throw new Conflict('This LMS is registered already with that client id.');
    throw error;
  }
}

/** A repeated registration of the same client replaces what the LMS said of itself and waits for approval again. */
export async function replacePlatform(
  id: string,
  platform: Omit<Platform, 'id' | 'createdAt'>,
): Promise<void> {
  await Platforms.updateOne({ _id: id }, { $set: platform });
}

export async function findPlatforms(issuer: string, clientId?: string): Promise<Platform[]> {
  const docs = await Platforms.find({ issuer, ...(clientId ? { clientId } : {}) })
    .limit(3)
    .lean<PlatformDoc[]>();
  return docs.map(plain);
}

export async function findPlatform(id: string): Promise<Platform | null> {
  const doc = await Platforms.findOne({ _id: id }).lean<PlatformDoc>();
  return doc && plain(doc);
}

export async function listPlatforms(): Promise<Platform[]> {
  return (await Platforms.find({}).sort({ createdAt: 1 }).lean<PlatformDoc[]>()).map(plain);
}

/** @returns false when there is no such platform. */
export async function setPlatformStatus(id: string, status: Platform['status']): Promise<boolean> {
  return (await Platforms.updateOne({ _id: id }, { $set: { status } })).matchedCount === 1;
}

export async function findDeployment(platform: string, deploymentId: string): Promise<Deployment | null> {
  const doc = await Deployments.findOne({ platform, deploymentId }).lean<DeploymentDoc>();
  return doc && plain(doc);
}

/** Makes the deployment if it is new; an existing one keeps its institution and status. */
export async function proposeDeployment(
  deployment: Omit<Deployment, 'id' | 'createdAt'>,
  now: Date,
): Promise<Deployment> {
  const { platform, deploymentId, ...first } = deployment;
  const doc = await Deployments.findOneAndUpdate(
    { platform, deploymentId },
    { $setOnInsert: { ...first, createdAt: now } },
    { upsert: true, returnDocument: 'after' },
  ).lean<DeploymentDoc>();
  return plain(doc as DeploymentDoc);
}

export async function listDeployments(): Promise<Deployment[]> {
  return (await Deployments.find({}).sort({ createdAt: 1 }).lean<DeploymentDoc[]>()).map(plain);
}

/** @returns the deployment, or null when there is none with that id. */
export async function setDeployment(
  id: string,
  change: Pick<Deployment, 'institution' | 'status'>,
): Promise<Deployment | null> {
  const doc = await Deployments.findOneAndUpdate(
    { _id: id },
    { $set: change },
    { returnDocument: 'after' },
  ).lean<DeploymentDoc>();
  return doc && plain(doc);
}
