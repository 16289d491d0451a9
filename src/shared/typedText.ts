import { z } from 'zod';

/**
 * Words of a text area. A form posted by the browser ends its lines with CR LF, the same form saved by the script
 * with LF: without this, one text would be two versions, and longer than its own counter says.
 */
export function typedText(): z.ZodString {
  return z.string().overwrite((text) => text.replaceAll('\r\n', '\n'));
}
