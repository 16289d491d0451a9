import { say } from '../plans/say.ts';
import { textUpload } from '../web/textUpload.ts';

/** O*NET's largest text file we read has about 0.7 MB. */
const MAX_BYTES = 4 * 1024 * 1024;

/** A file of careers, clusters or programmes. */
export const { upload: importUpload, sentText } = textUpload({
  field: 'file',
  maxBytes: MAX_BYTES,
  words: {
    long: () => say('careers.import.error.long'),
    encoding: () => say('careers.import.error.encoding'),
  },
});
