/** What was typed into a field of a refused form, whatever it was. */
export function textIn(body: Record<string, unknown>, name: string): string {
  const text = body[name];
  return typeof text === 'string' ? text : '';
}

/** What was ticked: one comes as a word, several as a list. */
export function listIn(body: Record<string, unknown>, name: string): string[] {
  return [body[name] ?? []].flat().filter((one): one is string => typeof one === 'string');
}
