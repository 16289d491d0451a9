import { institutionFor } from '../../institutions/institution.service.ts';
import { record } from '../../audit/audit.service.ts';
import { textOf, type Command } from '../command.ts';

export const invite: Command = {
  name: 'invite',
  usage: 'invite [--name SCHOOL] [--json]',
  options: { name: { type: 'string' }, json: { type: 'boolean' } },
  run: async (args, { lti, now, out }) => {
    const institution = await institutionFor(textOf(args, 'name'), now);
    const { url, expiresAt } = await lti.registration.invite(institution.id, now);
    await tellInvite(institution.id, now);
    if (args.options['json']) {
      out(JSON.stringify({ url, expiresAt, institution: institution.id, name: institution.name }));
      return;
    }
    out(`One-time registration link for ${institution.name}, until ${expiresAt.toISOString().slice(0, 10)}:`);
    out(url);
  },
};

/** As the administrator's page does; an operator is no person of the school. */
async function tellInvite(institution: string, at: Date): Promise<void> {
  await record({
    institution,
    actor: 'operator',
    action: 'invite.made',
    subject: null,
    object: { kind: 'institution', id: institution },
    at,
  });
}
