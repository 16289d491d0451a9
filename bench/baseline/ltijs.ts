/**
 * The yardstick of `launch`: a bare ltijs 5.9.9 tool with its own database, as its README sets one up. Its first
 * page prints one word. Cookies are on (devMode off).
 */
import { createRequire } from 'node:module';
import { countCommands, type Monitored } from '../child/commands.ts';

/** The part of ltijs' provider that a tool starts with; src/lti describes only the services it calls. */
interface Provider {
  app: { listen(port: number, host: string): unknown };
  setup(key: string, database: { url: string }, options: object): void;
  onConnect(connect: (token: unknown, req: unknown, res: { send(text: string): unknown }) => unknown): void;
  deploy(options: { serverless: true; silent: true }): Promise<unknown>;
  registerPlatform(platform: object): Promise<unknown>;
}

const require = createRequire(import.meta.url);
const { Provider: ltijs } = require('ltijs') as { Provider: Provider };
/** ltijs brings its own mongoose 7. */
const mongoose = createRequire(require.resolve('ltijs'))('mongoose') as {
  connection: { getClient(): Monitored };
};

const env = (name: string): string => process.env[name] ?? '';

ltijs.setup(env('BENCH_KEY'), { url: env('MONGODB_URI') }, { cookies: { secure: false, sameSite: 'Lax' } });
ltijs.onConnect((_token, _req, res) => res.send('welcome'));
await ltijs.deploy({ serverless: true, silent: true });
countCommands(mongoose.connection.getClient());
await ltijs.registerPlatform(JSON.parse(env('BENCH_PLATFORM')) as object);
ltijs.app.listen(Number(env('PORT')), 'localhost');
