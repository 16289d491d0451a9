import { readFile } from 'node:fs/promises';
import { institutionFor } from '../../institutions/institution.service.ts';
import { approvePlatform, deactivatePlatform } from '../../lti/platform.service.ts';
import { listPlatforms } from '../../lti/platform.store.ts';
import { Invalid } from '../../shared/errors.ts';
import { listCommand, textOf, wordOf, type Command } from '../command.ts';

const list = listCommand({
  name: 'platforms list',
  load: listPlatforms,
  lines: async (all) =>
    all.map(
      ({ id, status, family, issuer, clientId }) =>
        `${id}  ${status.padEnd(8)}  ${family.padEnd(9)}  ${issuer}  client ${clientId}`,
    ),
  none: 'No LMS is registered. Make a link with: npm run admin -- invite',
});

const approve: Command = {
  name: 'platforms approve',
  usage: 'platforms approve ID [--json]',
  words: 1,
  options: { json: { type: 'boolean' } },
  run: async (args, { now, out }) => {
    const { platform, deployments } = await approvePlatform(wordOf(args, 0), now);
    if (args.options['json']) return out(JSON.stringify({ platform, deployments }));
    out(`${platform.name} (${platform.issuer}) is active.`);
    for (const { deploymentId } of deployments) out(`Its deployment ${deploymentId} is approved.`);
    if (deployments.length === 0)
      out(
        'It named no deployment: open Waymark in the LMS once, then see: npm run admin -- deployments list',
      );
  },
};

const deactivate: Command = {
  name: 'platforms deactivate',
  usage: 'platforms deactivate ID [--json]',
  words: 1,
  options: { json: { type: 'boolean' } },
  run: async (args, { now, out }) => {
    const platform = await deactivatePlatform(wordOf(args, 0), now);
    if (args.options['json']) return out(JSON.stringify(platform));
    out(`${platform.name} (${platform.issuer}) is out of use: its sessions ended, its launches are refused.`);
  },
};

const add: Command = {
  name: 'platforms add',
  usage: 'platforms add --file FILE.json [--name SCHOOL] [--json]',
  options: { file: { type: 'string' }, name: { type: 'string' }, json: { type: 'boolean' } },
  run: async (args, { lti, now, out }) => {
    const settings = await readSettings(textOf(args, 'file'));
    const institution = await institutionFor(textOf(args, 'name'), now);
    const platform = await lti.registration.addManualPlatform(settings, institution.id, now);
    if (args.options['json']) return out(JSON.stringify(platform));
    out(
      `${platform.id}  ${platform.issuer} is stored. Approve it with: npm run admin -- platforms approve ${platform.id}`,
    );
  },
};

async function readSettings(file: string | undefined): Promise<unknown> {
  if (file === undefined) throw new Invalid([{ field: 'file', message: 'Say which file: --file FILE.json' }]);
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch {
    throw new Invalid([{ field: 'file', message: `${file} cannot be read, or is not JSON.` }]);
  }
}

export const platforms: readonly Command[] = [list, approve, deactivate, add];
