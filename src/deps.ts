import type { Env } from '../config/env.ts';
import type { FindKey } from './lti/jwks.ts';
import type { LtiServices } from './lti/services.ts';
import type { PdfMaker } from './print/pdf.ts';
import type { Log } from './shared/log.ts';

/** What the app is made of; the server, the demo and the tests compose it alike (`compose.ts`). */
export interface AppDeps {
  env: Env;
  log: Log;
  clock: () => Date;
  lti: LtiServices;
  findKey: FindKey;
  /** Makes PDFs; it ends its browser when it is stopped. */
  pdf: PdfMaker;
  /** Folder with `views` and `public`; the checkout or the built product. */
  root?: string;
  /** False while the process drains (SIGTERM). */
  isReady: () => boolean;
}
