import { listInstitutions } from '../../institutions/institution.store.ts';
import { approveDeployment } from '../../lti/platform.service.ts';
import { listDeployments, listPlatforms } from '../../lti/platform.store.ts';
import { NotFound } from '../../shared/errors.ts';
import { textOf, wordOf, type Command } from '../command.ts';

const list: Command = {
  name: 'deployments list',
  usage: 'deployments list [--json]',
  options: { json: { type: 'boolean' } },
  run: async (args, { out }) => {
    const deployments = await listDeployments();
    if (args.options['json']) return out(JSON.stringify(deployments));
    const platforms = new Map((await listPlatforms()).map((one) => [one.id, one.name]));
    const schools = new Map((await listInstitutions()).map((one) => [one.id, one.name]));
    for (const one of deployments) {
      const school = one.institution ? (schools.get(one.institution) ?? one.institution) : 'no school yet';
      out(
        `${one.id}  ${one.status.padEnd(8)}  ${platforms.get(one.platform) ?? '?'}  ${one.deploymentId}  ${school}`,
      );
    }
    if (deployments.length === 0) out('No deployment is known yet.');
  },
};

const approve: Command = {
  name: 'deployments approve',
  usage: 'deployments approve ID [--institution SCHOOL] [--json]',
  words: 1,
  options: { institution: { type: 'string' }, json: { type: 'boolean' } },
  run: async (args, { now, out }) => {
    const deployment = await approveDeployment(
      wordOf(args, 0),
      now,
      await schoolOf(textOf(args, 'institution')),
    );
    if (args.options['json']) return out(JSON.stringify(deployment));
    out(`Deployment ${deployment.deploymentId} is approved.`);
  },
};

/** A school by its id or its name. @throws NotFound */
async function schoolOf(idOrName: string | undefined): Promise<string | undefined> {
  if (idOrName === undefined) return undefined;
  const found = (await listInstitutions()).find(({ id, name }) => id === idOrName || name === idOrName);
  if (!found) throw new NotFound(`no school "${idOrName}"`);
  return found.id;
}

export const deployments: readonly Command[] = [list, approve];
