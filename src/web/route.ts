/**
 * How a route is declared: who may use it, what it takes and what it changes. Nothing can be mounted
 * without such a declaration; the authorization matrix (`npm run matrix`) is generated from them.
 */
import type { Response } from 'express';
import type { z } from 'zod';
import type { CourseStanding } from '../courses/enrolment.service.ts';
import type { Relation, Viewer } from '../people/viewer.ts';
import type { Session } from '../sessions/session.ts';
import type { Invalid } from '../shared/errors.ts';

/** Who may use a route. The first part says how the right is found, the rest which answers open it. */
export type Access =
  /** Anybody, signed in or not: the door, health, public pages. */
  | { of: 'anyone' }
  /** Anybody with a session; what they see is their own. `as`: only those who launched in that capacity. */
  | { of: 'self'; as?: 'student' | 'family' }
  /** Staff of at least one course, or an administrator where said. */
  | { of: 'staff'; administrator?: boolean }
  | { of: 'administrator' }
  /** Somebody related to the student in `param` (or to the owner of the thing in it, see `Declaration.owner`). */
  | { of: 'student'; param: string; relations: readonly Exclude<Relation, 'none'>[]; administrator?: boolean }
  /** Somebody with a standing in the course in `param`. */
  | {
      of: 'course';
      param: string;
      standings: readonly Exclude<CourseStanding, 'none'>[];
      administrator?: boolean;
    };

/** Where the file of a form goes while it arrives; `receive` gives its id. See `upload.ts`. */
export interface Upload {
  /** The form's field; it comes last. */
  field: string;
  maxBytes: number;
  /** Most bytes of one of the other fields; 64 KB unless said. */
  fieldBytes?: number;
  /** @throws Invalid, in words, when it is not taken: the handler gets it as `file` */
  receive: (
    owner: { institution: string; person: string },
    part: { name: string; stream: AsyncIterable<Buffer> },
    now: Date,
  ) => Promise<string>;
  /** Removes it, unless a use case kept it. */
  discard: (owner: { institution: string; person: string }, id: string) => Promise<void>;
}

/** The file that came with a form. */
export type CallFile = { is: 'none' } | { is: 'arrived'; id: string } | { is: 'refused'; message: string };

export interface Declaration<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  F extends z.ZodType = z.ZodType,
> {
  method: 'get' | 'post';
  path: string;
  who: Access;
  /** For a thing's id: finds the student (`of: 'student'`) or course (`of: 'course'`) it belongs to; null: there is none. */
  owner?: (institution: string, id: string) => Promise<string | null>;
  /** Audit actions a successful call may write; a GET writes none. */
  changes: readonly string[];
  /** What the Canvas test student may do: `nothing` is stored for them, so posts answer with a notice. */
  params?: P;
  query?: Q;
  form?: F;
  /** The form may carry a file: the only routes that read multipart. */
  upload?: Upload;
  /** Shows the page again with what was typed (422). Without it a bad form is an error page. */
  onInvalid?: (call: Call<P, Q, F>, problem: Invalid, typed: Record<string, unknown>) => Promise<void> | void;
  /** How the post is protected: `form` (session-bound token, idempotency key) or by its own secret. */
  protection?: 'form' | 'own-secret' | 'lti';
  handle: (call: Call<P, Q, F>) => Promise<void> | void;
}

/** What a handler gets: everything parsed and decided; `req` is not read again. */
export interface Call<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  F extends z.ZodType = z.ZodType,
> {
  params: z.output<P>;
  query: z.output<Q>;
  form: z.output<F>;
  /** Always `none` where the route has no `upload`. */
  file: CallFile;
  /** Present unless the route is for anyone. */
  viewer: Viewer;
  session: Session;
  /** What the viewer is to the student of the route; `none` where the route has no student. */
  relation: Relation;
  standing: CourseStanding;
  /** The student of the route, where it has one. */
  student: string;
  /** True for `public/js/autosave.ts`: answer with JSON, not with a page. */
  isAutosave: boolean;
  /** `If-Match` of an autosave, as a number; null without one. */
  ifMatch: number | null;
  now: Date;
  res: Response;
}

/** Declares one route; the types of its handler follow from its schemas. */
export function route<P extends z.ZodType, Q extends z.ZodType, F extends z.ZodType>(
  declaration: Declaration<P, Q, F>,
): Declaration {
  return declaration as unknown as Declaration;
}

/** Answers a post: the browser goes on with a GET (303). */
export function seeOther(res: Response, location: string): void {
  res.redirect(303, location);
}
