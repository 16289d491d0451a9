/** Letters that are one sign, not a letter with a mark, so that Unicode does not take them apart. */
const ALONE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  ħ: 'h',
  ŧ: 't',
  þ: 'th',
  ı: 'i',
};

/** How names are compared: small letters without marks; apostrophes vanish and hyphens part words. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’ʼ`]/gu, '')
    .toLowerCase()
    .replaceAll(/[ßæœøđðłħŧþı]/gu, (letter) => ALONE[letter] ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether each word of what was typed occurs somewhere in the texts: "obrien sin" finds "Sinéad O’Brien". */
export function matches(typed: string, texts: readonly (string | null)[]): boolean {
  const hay = folded(texts.filter(Boolean).join(' '));
  return folded(typed)
    .split(' ')
    .every((word) => hay.includes(word));
}
