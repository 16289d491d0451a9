import { serverFacts } from '../server.store.ts';
import type { Command, CommandIo } from '../command.ts';

/** What was found in order, or a sentence that says what to do. */
type Finding = { ok: true; text: string } | { ok: false; text: string };

const MOST_SKEW_MS = 30_000;

/** Settings and the connection have been read when a command runs: reaching this line proves both. */
export const doctor: Command = {
  name: 'doctor',
  usage: 'doctor',
  run: async (_, io) => {
    const findings: Finding[] = [good(`settings: ${io.env.PUBLIC_URL}, ${io.env.NODE_ENV}`)];
    for (const check of [checkDatabase, checkKeys, checkMail]) findings.push(...(await check(io)));
    for (const { ok, text } of findings) io.out(`${ok ? 'ok  ' : 'FIX '} ${text}`);
    const wrong = findings.filter(({ ok }) => !ok).length;
    if (wrong > 0) throw new Error(`${wrong} of ${findings.length} checks need a hand.`);
  },
};

const good = (text: string): Finding => ({ ok: true, text });
const bad = (text: string): Finding => ({ ok: false, text });

async function checkDatabase({ now }: CommandIo): Promise<Finding[]> {
  const { version, replicaSet, clock } = await serverFacts();
  const skew = Math.abs(clock.getTime() - now.getTime());
  return [
    Number.parseInt(version, 10) >= 6
      ? good(`database: MongoDB ${version}`)
      : bad(`database: MongoDB ${version} is too old; 6.0 or newer is needed`),
    replicaSet
      ? good(`database: replica set ${replicaSet}`)
      : bad('database: not a replica set; start mongod with --replSet and run rs.initiate()'),
    skew < MOST_SKEW_MS
      ? good('clock: agrees with the database server')
      : bad(`clock: ${Math.round(skew / 1_000)} s away from the database server; set up NTP on both`),
  ];
}

async function checkKeys({ lti }: CommandIo): Promise<Finding[]> {
  try {
    const { kid } = await lti.keys.currentSigningKey();
    const { keys } = await lti.keys.publicKeySet();
    return [good(`keys: ${kid} signs, ${keys.length} are published`)];
  } catch {
    return [
      bad(
        'keys: they do not open; WAYMARK_SECRET is another one. Set WAYMARK_SECRET_PREVIOUS to the former one',
      ),
    ];
  }
}

function checkMail({ env }: CommandIo): Finding[] {
  return [good(env.SMTP_URL ? 'mail: a server is set' : 'mail: none is set, so no mail is sent')];
}
