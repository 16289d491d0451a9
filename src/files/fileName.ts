import { TYPE_FACTS, type FileType } from './fileType.ts';

/** Longest name without its ending, in code points: fits every file system with room for a number. */
const LONGEST_STEM = 100;

/** Control characters, and marks that turn the reading direction or are not seen: `fdp.exe` must not read `exe.pdf`. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\u2028\u2029]/gu;
/** What Windows, a shell or a header would read as more than a name. */
const SPECIAL = /[<>:"|?*%;`$]/g;
/** `essay.html.pdf`: an inner part that looks like the ending of a file. */
const INNER_ENDING = /\.(?=[a-z][a-z0-9]{1,4}(?:\.|$))/gi;
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A file name that is safe in a header, on a disk and to read: without folders, with one ending, which is that
 * of the file's real type. What is left of nothing is `file`.
 */
export function safeName(sent: string, type: FileType): string {
  const last = sent.normalize('NFC').replaceAll(UNSEEN, '').split(/[/\\]/).at(-1) ?? '';
  const words = stemOf(last).replaceAll(SPECIAL, '-').replaceAll(INNER_ENDING, '-').replaceAll(/\s+/g, ' ');
  const trimmed = words.replaceAll(/^[\s.]+|[\s.]+$/g, '');
  const stem = Array.from(trimmed).slice(0, LONGEST_STEM).join('').trim();
  return `${RESERVED.test(stem) ? `${stem}-` : stem || 'file'}.${TYPE_FACTS[type].ending}`;
}

/** Without the last ending, where there is one. */
function stemOf(name: string): string {
  return name.replace(/\.[^.\s]{1,5}$/, '');
}
