/**
 * Database commands by name, from the driver's command monitoring: every one is a round trip. The driver reports
 * them only when the URI says `monitorCommands=true`, which is done in counting runs and never in timed ones.
 */
const counts = new Map<string, number>();

interface CommandStarted {
  commandName: string;
  command: Record<string, unknown>;
}

export interface Monitored {
  on(event: 'commandStarted', listener: (started: CommandStarted) => void): unknown;
}

export function countCommands(client: Monitored): void {
  client.on('commandStarted', ({ commandName, command }) => {
    const target = commandName === 'getMore' ? command['collection'] : command[commandName];
    const name = typeof target === 'string' ? `${commandName} ${target}` : commandName;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  });
}

/** The commands since the last call. */
export function takeCommands(): Record<string, number> {
  const taken = Object.fromEntries(counts);
  counts.clear();
  return taken;
}
