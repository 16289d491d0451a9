import { IntlMessageFormat } from 'intl-messageformat';
import { en } from './messages/en.ts';

export type MessageKey = keyof typeof en;
type MessageArgs = Readonly<Record<string, string | number | Date>>;

/** A piece of a sentence: plain, or in bold where the message says `<b>…</b>`. */
export interface Chunk {
  text: string;
  bold: boolean;
}

/** Texts of one language. `t('plans.stepsLeft', { count: 5 })`; `t.rich` keeps `<b>` as chunks for a template. */
export interface Translate {
  (key: MessageKey, args?: MessageArgs): string;
  rich(key: MessageKey, args?: MessageArgs): Chunk[];
  readonly locale: string;
}

/** What to do with a message that was not given all its arguments: tests fail, people see the rest of it. */
export type OnMissing = 'throw' | 'blank';

/** All texts there are, by language. A language is added here when its catalogue is complete. */
const catalogues = { en } as const;
export type Locale = keyof typeof catalogues;
const locales = Object.keys(catalogues) as Locale[];

/** The language to use for what a launch or a browser asked for: `es_mx` and `es-419` are `es`; else English. */
export function chooseLocale(wanted: readonly (string | null | undefined)[]): Locale {
  for (const tag of wanted) {
    const language = tag?.replaceAll('_', '-').split('-')[0]?.toLowerCase();
    const found = locales.find((locale) => locale === language);
    if (found) return found;
  }
  return 'en';
}

/** Direction of a language's script. */
export function directionOf(locale: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he|ur|ps|yi)\b/.test(locale) ? 'rtl' : 'ltr';
}

interface Compiled {
  format: IntlMessageFormat;
  /** The message in pieces, where it only prints text and arguments: most do, and need no formatter. */
  pieces: readonly Piece[] | null;
  /** Arguments printed as they are: the ones that may need isolating from the sentence's direction. */
  plain: ReadonlySet<string>;
}

type Piece = { text: string } | { argument: string };

const compiled: Record<Locale, Map<MessageKey, Compiled>> = { en: new Map() };

function compile(locale: Locale, key: MessageKey): Compiled {
  const known = compiled[locale].get(key);
  if (known) return known;
  const format = new IntlMessageFormat(catalogues[locale][key], locale, undefined, {
    captureLocation: false,
  });
  const ast = format.getAst();
  const entry = { format, pieces: piecesOf(ast), plain: new Set(plainArguments(ast)) };
  compiled[locale].set(key, entry);
  return entry;
}

/** Parser's element types: 0 text, 1 argument. @returns null where there is anything else, such as a plural. */
function piecesOf(elements: readonly { type: number; value?: unknown }[]): Piece[] | null {
  if (elements.some(({ type }) => type > 1)) return null;
  return elements.map(({ type, value }) =>
    type === 0 ? { text: String(value) } : { argument: String(value) },
  );
}

/** `{name}`, not `{n, number}`; parser's element types: 1 argument, 5 select, 6 plural, 8 tag. */
function plainArguments(elements: readonly unknown[]): string[] {
  return elements.flatMap((element) => {
    const { type, value, options, children } = element as {
      type: number;
      value?: string;
      options?: Record<string, { value: unknown[] }>;
      children?: unknown[];
    };
    const inside = [...Object.values(options ?? {}).map((option) => option.value), children ?? []];
    return [...(type === 1 && value !== undefined ? [value] : []), ...inside.flatMap(plainArguments)];
  });
}

/** @returns null when an argument is missing or no text: the formatter knows what to do then. */
function joined(pieces: readonly Piece[], args: MessageArgs, direction: 'ltr' | 'rtl'): string | null {
  let text = '';
  for (const piece of pieces) {
    if ('text' in piece) {
      text += piece.text;
      continue;
    }
    const value = args[piece.argument];
    if (typeof value !== 'string') return null;
    text += needsIsolation(value, direction) ? ISOLATE + value + POP : value;
  }
  return text;
}

const RTL_LETTER = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;
const ISOLATE = '\u2068';
const POP = '\u2069';

/** Names and other people's words keep their own direction inside a sentence of the other direction. */
function isolate(args: MessageArgs, plain: ReadonlySet<string>, direction: 'ltr' | 'rtl'): MessageArgs {
  const entries = Object.entries(args).map(([name, value]) => {
    const foreign = typeof value === 'string' && plain.has(name) && needsIsolation(value, direction);
    return [name, foreign ? ISOLATE + value + POP : value] as const;
  });
  return Object.fromEntries(entries);
}

const needsIsolation = (text: string, direction: 'ltr' | 'rtl'): boolean =>
  direction === 'rtl' || RTL_LETTER.test(text);

/** Arguments that answer every name, so that a forgotten one leaves a gap and not an error page. */
const forgiving = (args: MessageArgs): MessageArgs =>
  new Proxy(args, {
    has: () => true,
    get: (target, name) => Reflect.get(target, name) ?? '',
  });

/** The texts of one language. `onMissing: 'throw'` outside production. */
export function translator(locale: Locale, onMissing: OnMissing = 'throw'): Translate {
  const direction = directionOf(locale);
  const values = (entry: Compiled, args: MessageArgs): MessageArgs => {
    const own = isolate(args, entry.plain, direction);
    return onMissing === 'throw' ? own : forgiving(own);
  };
  const t = (key: MessageKey, args: MessageArgs = {}): string => {
    const entry = compile(locale, key);
    const text = entry.pieces && joined(entry.pieces, args, direction);
    return text ?? String(entry.format.format(values(entry, args)));
  };
  return Object.assign(t, {
    locale,
    rich(key: MessageKey, args: MessageArgs = {}): Chunk[] {
      const entry = compile(locale, key);
      const b = (parts: unknown[]): Chunk => ({ text: parts.join(''), bold: true });
      const parts: unknown = entry.format.format<Chunk>({ ...values(entry, args), b });
      return [parts].flat().map((part) => (isChunk(part) ? part : { text: String(part), bold: false }));
    },
  });
}

const isChunk = (part: unknown): part is Chunk => typeof part === 'object' && part !== null && 'bold' in part;
