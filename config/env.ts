import { z } from 'zod';

/** `NAME=1` switches on; anything else is off. */
const Flag = z
  .enum(['0', '1'])
  .default('0')
  .transform((value) => value === '1');

const Secret = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length >= 32, 'must be at least 32 random bytes in base64');

const WebUrl = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ''));

/**
 * Every setting of the product, with its meaning. The table in README.md is checked against these
 * descriptions by a test.
 */
export const Env = z.object({
  NODE_ENV: z
    .enum(['development', 'test', 'production'])
    .default('production')
    .describe('How the process runs; anything but production allows weaker defaults.'),
  PORT: z.coerce.number().int().min(0).max(65535).default(3000).describe('Port the web process listens on.'),
  HOST: z.string().default('0.0.0.0').describe('Address the web process listens on.'),
  PUBLIC_URL: WebUrl.describe('Where browsers and the LMS reach Waymark, without a trailing slash.'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must start with mongodb:// or mongodb+srv://')
    .describe('The MongoDB replica set that keeps everything.'),
  WAYMARK_SECRET: Secret.describe('Key-encryption key: at least 32 random bytes, base64.'),
  WAYMARK_SECRET_PREVIOUS: Secret.optional().describe(
    'The earlier WAYMARK_SECRET, still able to open what it sealed.',
  ),
  WAYMARK_ALLOW_INSECURE: Flag.describe(
    'Development only: 1 accepts http:// and loopback LMSs; refused with a public https PUBLIC_URL.',
  ),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
    .default('info')
    .describe('Least severe log line to write.'),
  SMTP_URL: z.string().optional().describe('Mail server for notifications; without it no mail is sent.'),
  CHROMIUM_PATH: z
    .string()
    .optional()
    .describe('Chromium or Chrome that makes PDFs; without it the one of the npm package, where installed.'),
  TRUST_PROXY_HOPS: z.coerce
    .number()
    .int()
    .min(0)
    .max(5)
    .default(0)
    .describe(
      'How many reverse proxies stand in front, so that the client address is read from the right hop.',
    ),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('Bearer token that opens /metrics; without it the page does not exist.'),
});
export type Env = z.output<typeof Env>;

/** Reads the environment once; throws one error that lists everything missing or weak. */
export function readEnv(source: Record<string, string | undefined> = process.env): Env {
  const parsed = Env.safeParse(withoutEmpty(source));
  const problems = parsed.success ? unsafe(parsed.data) : parsed.error.issues.map(describe);
  if (!parsed.success || problems.length > 0) throw new BadSettings(problems);
  return parsed.data;
}

/** Thrown when the process may not start with these settings. */
export class BadSettings extends Error {
  readonly problems: string[];
  constructor(problems: string[]) {
    super(`Waymark cannot start with these settings:\n${problems.map((line) => `  - ${line}`).join('\n')}`);
    this.name = 'BadSettings';
    this.problems = problems;
  }
}

/** Each setting with what it means and its default, for the README's table. */
export function documentedSettings(): { name: string; meaning: string; fallback: string }[] {
  return Object.entries(Env.shape).map(([name, field]) => ({
    name,
    meaning: field.description ?? '',
    fallback: fallbackOf(field),
  }));
}

function fallbackOf(field: z.ZodType): string {
  const without = field.safeParse(undefined);
  if (!without.success) return 'required';
  return without.data === undefined
    ? '–'
    : without.data === false
      ? '0'
      : JSON.stringify(without.data).replaceAll('"', '');
}

function withoutEmpty(source: Record<string, string | undefined>): Record<string, string> {
  const filled = Object.entries(source).filter(([, value]) => value !== undefined && value.trim() !== '');
  return Object.fromEntries(filled) as Record<string, string>;
}

function describe(issue: z.core.$ZodIssue): string {
  const name = issue.path.join('.');
  return issue.code === 'invalid_type' && issue.input === undefined
    ? `${name} is missing: ${Env.shape[name as keyof typeof Env.shape].description}`
    : `${name}: ${issue.message}`;
}

function unsafe(env: Env): string[] {
  const problems: string[] = [];
  const { protocol, hostname } = new URL(env.PUBLIC_URL);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  if (env.WAYMARK_ALLOW_INSECURE && protocol === 'https:' && !local)
    problems.push('WAYMARK_ALLOW_INSECURE=1 is refused with a public https PUBLIC_URL.');
  if (protocol === 'http:' && !env.WAYMARK_ALLOW_INSECURE)
    problems.push('PUBLIC_URL must be https (http needs the development setting WAYMARK_ALLOW_INSECURE=1).');
  return problems;
}
