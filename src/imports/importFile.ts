import { say } from '../plans/say.ts';
import { textUpload } from '../web/textUpload.ts';

/** About 50,000 rows of a catalogue. */
const LARGEST_FILE = 8 * 1024 * 1024;
/** Pasted lines, in bytes; more comes as a file. */
export const LONGEST_PASTE = 1024 * 1024;

/** The file of an import of any kind. */
export const { upload: importUpload, sentText } = textUpload({
  field: 'upload',
  maxBytes: LARGEST_FILE,
  fieldBytes: LONGEST_PASTE,
  words: {
    long: () => say('imports.error.long'),
    encoding: () => say('imports.error.encoding'),
  },
});
