/** Reading the cells of an import: what each means, or in words why not. */
import { say } from '../plans/say.ts';
import type { SourceRow } from './target.ts';

export interface Cells {
  problems: string[];
  /** Trimmed; '' when it is not there. */
  text(name: string, longest: number): string;
  need(name: string, longest: number): string;
  /** Null when it is empty. */
  number(name: string, range: { min: number; max: number }): number | null;
  yes(name: string): boolean | null;
  /** Separated by ";" or ",". */
  list(name: string): string[];
  /** One of these words, case ignored; null when it is empty. */
  choice<T extends string>(name: string, words: readonly T[]): T | null;
}

export function cellsOf({ values }: SourceRow): Cells {
  const problems: string[] = [];
  const raw = (name: string): string => (values[name] ?? '').trim();
  const refuse = (message: string): null => {
    problems.push(message);
    return null;
  };
  const text = (name: string, longest: number): string => {
    if (raw(name).length > longest) refuse(say('imports.cell.long', { column: name, limit: longest }));
    return raw(name).slice(0, longest);
  };
  return {
    problems,
    text,
    need: (name, longest) => {
      if (raw(name) === '') refuse(say('imports.cell.empty', { column: name }));
      return text(name, longest);
    },
    number: (name, { min, max }) => {
      if (raw(name) === '') return null;
      const value = Number(raw(name).replace(',', '.'));
      return value >= min && value <= max
        ? value
        : refuse(say('imports.cell.number', { column: name, value: raw(name), min, max }));
    },
    yes: (name) => {
      const word = raw(name).toLowerCase();
      if (word === '') return null;
      if (['1', 'yes', 'y', 'true', 'x'].includes(word)) return true;
      if (['0', 'no', 'n', 'false'].includes(word)) return false;
      return refuse(say('imports.cell.yes', { column: name, value: raw(name) }));
    },
    list: (name) =>
      raw(name)
        .split(/[;,]/)
        .map((one) => one.trim())
        .filter(Boolean),
    choice: (name, words) => {
      const word = raw(name).toLowerCase();
      if (word === '') return null;
      const found = words.find((one) => one.toLowerCase() === word);
      return (
        found ??
        refuse(say('imports.cell.choice', { column: name, value: raw(name), words: words.join(', ') }))
      );
    },
  };
}
