import type { Upload } from '../web/route.ts';
import { discardFile, receiveFile } from './file.service.ts';
import { LARGEST_FILE } from './file.ts';

/** For a route whose form carries one file of the viewer's own, in a field named `file`. */
export const studentFiles: Upload = {
  field: 'file',
  maxBytes: LARGEST_FILE,
  receive: receiveFile,
  discard: discardFile,
};
