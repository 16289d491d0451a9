import { institutionNamed } from '../../institutions/institution.service.ts';
import { listInstitutions } from '../../institutions/institution.store.ts';
import { approveDeployment } from '../../lti/platform.service.ts';
import { listDeployments, listPlatforms } from '../../lti/platform.store.ts';
import { listCommand, textOf, wordOf, type Command } from '../command.ts';

const list = listCommand({
  name: 'deployments list',
  load: listDeployments,
  lines: async (all) => {
    const platforms = new Map((await listPlatforms()).map((one) => [one.id, one.name]));
    const schools = new Map((await listInstitutions()).map((one) => [one.id, one.name]));
    return all.map(({ id, status, platform, deploymentId, institution }) => {
      const school = institution ? (schools.get(institution) ?? institution) : 'no school yet';
      return `${id}  ${status.padEnd(8)}  ${platforms.get(platform) ?? '?'}  ${deploymentId}  ${school}`;
    });
  },
  none: 'No deployment is known yet.',
});

const approve: Command = {
  name: 'deployments approve',
  usage: 'deployments approve ID [--institution SCHOOL] [--json]',
  words: 1,
  options: { institution: { type: 'string' }, json: { type: 'boolean' } },
  run: async (args, { now, out }) => {
    const named = textOf(args, 'institution');
    const school = named === undefined ? undefined : await institutionNamed(named);
    const deployment = await approveDeployment(wordOf(args, 0), now, school?.id);
    if (args.options['json']) return out(JSON.stringify(deployment));
    out(`Deployment ${deployment.deploymentId} is approved.`);
  },
};

export const deployments: readonly Command[] = [list, approve];
