/**
 * How every collection is declared: fields, indexes, whose data it is, and why each field is kept.
 * A model cannot be defined with a field that the privacy registry does not explain, and a query on
 * tenant data that names no institution throws before it reaches MongoDB.
 */
import mongoose, { Schema, type IndexDefinition, type IndexOptions, type Model } from 'mongoose';
import { z } from 'zod';

/** Why a stored field exists, who may see it and how long it stays (FERPA 99.31, NY Ed Law 2-d, GDPR 5 and 30). */
export interface FieldPurpose {
  fields: readonly string[];
  purpose: string;
  audience: Audience;
  retention: Retention;
}

export type Audience = 'system' | 'operator' | 'administrator' | 'staff' | 'plan' | 'self';
export type Retention =
  | 'minutes'
  | 'days'
  | 'session'
  | 'while enrolled'
  | 'with the plan'
  | 'with the institution'
  | 'with the connection'
  | 'with the audit log';

export interface ModelDefinition {
  name: string;
  /** `institution`: every query must name one. Otherwise the reason why the collection belongs to no school. */
  tenancy: 'institution' | { global: string };
  fields: Record<string, unknown>;
  indexes: readonly (readonly [IndexDefinition, IndexOptions?])[];
  registry: readonly FieldPurpose[];
}

/** Ids are the 24 hex digits of a MongoDB ObjectId, kept as strings so that they need no mapping. */
export const Id = z.string().regex(/^[0-9a-f]{24}$/);

export function newId(): string {
  return new mongoose.Types.ObjectId().toHexString();
}

const definitions = new Map<string, ModelDefinition & { paths: string[] }>();

/** Declares a collection. Throws when a field is unregistered or the registry names a field that does not exist. */
export function defineModel<T extends { _id: string }>(definition: ModelDefinition): Model<T> {
  const schema = new Schema(
    { _id: { type: String, default: newId }, ...tenantField(definition), ...definition.fields } as never,
    { autoIndex: false, versionKey: false, minimize: false, strict: 'throw', collection: definition.name },
  );
  for (const [keys, options] of definition.indexes) schema.index(keys, options);
  giveOwnIds(schema);
  if (definition.tenancy === 'institution') refuseWithoutInstitution(schema, definition.name);
  const paths = pathsOf(schema);
  refuseUnregistered(definition, paths);
  definitions.set(definition.name, { ...definition, paths });
  return mongoose.model(definition.name, schema) as unknown as Model<T>;
}

/** All declared collections, for the registry pages, the index check and the tests. */
export function declaredModels(): readonly (ModelDefinition & { paths: string[] })[] {
  return [...definitions.values()];
}

/** Builds missing indexes of every declared collection; called at start, never silently by a query. */
export async function ensureIndexes(): Promise<void> {
  await Promise.all([...definitions.keys()].map((name) => mongoose.model(name).createIndexes()));
}

/** A stored document as the domain sees it: `id` instead of `_id`. */
export type Plain<T extends { _id: string }> = Omit<T, '_id'> & { id: string };

/** Renames `_id`; the only mapping between MongoDB and the domain. */
export function plain<T extends { _id: string }>(doc: T): Plain<T> {
  const { _id, ...rest } = doc;
  return { id: _id, ...rest };
}

/** True for MongoDB's "duplicate key": a unique index said no, which is an answer, not a fault. */
export function isDuplicate(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 11000;
}

function tenantField(definition: ModelDefinition): object {
  return definition.tenancy === 'institution' ? { institution: { type: String, required: true } } : {};
}

const QUERIES = [
  'find',
  'findOne',
  'findOneAndUpdate',
  'findOneAndDelete',
  'findOneAndReplace',
  'countDocuments',
  'distinct',
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
  'replaceOne',
] as const;

function refuseWithoutInstitution(schema: Schema, name: string): void {
  schema.pre(QUERIES as never, { query: true, document: false }, function (this: { getFilter(): object }) {
    assertInstitution(name, this.getFilter());
  } as never);
  schema.pre('estimatedDocumentCount', () => {
    throw new MissingInstitution(name);
  });
  schema.pre('aggregate', function () {
    const [first] = this.pipeline();
    assertInstitution(name, first && '$match' in first ? first.$match : {});
  });
  schema.pre('bulkWrite', function (operations: object[]) {
    for (const operation of operations) assertInstitution(name, targetOf(operation));
  } as never);
}

function targetOf(operation: object): object {
  const [write] = Object.values(operation) as [{ filter?: object; document?: object }];
  return write.filter ?? write.document ?? {};
}

function assertInstitution(name: string, filter: object): void {
  const value = (filter as { institution?: unknown }).institution;
  if (typeof value !== 'string' || value === '') throw new MissingInstitution(name);
}

/** mongoose leaves `_id` to the server in upserts and lean inserts; ours are strings, so they get one here. */
function giveOwnIds(schema: Schema): void {
  schema.pre(['updateOne', 'findOneAndUpdate'], function () {
    if (this.getOptions().upsert) addId(this.getFilter(), this.getUpdate() as Update);
  });
  schema.pre('bulkWrite', function (
    operations: { updateOne?: { filter: object; update: Update; upsert?: boolean } }[],
  ) {
    for (const { updateOne } of operations) if (updateOne?.upsert) addId(updateOne.filter, updateOne.update);
  } as never);
  schema.pre('insertMany', function (documents: { _id?: string }[]) {
    for (const document of [documents].flat()) document._id ??= newId();
  } as never);
}

interface Update {
  $setOnInsert?: { _id?: string };
}

function addId(filter: object, update: Update): void {
  if ('_id' in filter) return;
  update.$setOnInsert = { _id: newId(), ...update.$setOnInsert };
}

/** Thrown when code asks for tenant data without saying whose: always a programming error. */
export class MissingInstitution extends Error {
  constructor(name: string) {
    super(`A query on ${name} names no institution.`);
    this.name = 'MissingInstitution';
  }
}

function pathsOf(schema: Schema, prefix = ''): string[] {
  return Object.entries(schema.paths).flatMap(([path, type]) => {
    const full = prefix + path;
    return type.schema ? pathsOf(type.schema, `${full}.`) : [full.replaceAll('.$*', '')];
  });
}

function refuseUnregistered(definition: ModelDefinition, paths: string[]): void {
  const known = new Set(['_id', 'institution', ...definition.registry.flatMap(({ fields }) => fields)]);
  const unregistered = paths.filter((path) => !known.has(path) && !path.endsWith('._id'));
  const unknown = [...known].filter(
    (path) => path !== '_id' && path !== 'institution' && !paths.includes(path),
  );
  if (unregistered.length + unknown.length === 0) return;
  throw new Error(
    `${definition.name}: unregistered fields [${unregistered.join(', ')}], registered but missing [${unknown.join(', ')}].`,
  );
}
