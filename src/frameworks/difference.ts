/** What two definitions of a plan differ in: parts, and everything else a plan's owner would notice. */
import type { ComponentKey, SectionKey } from '../plans/component.ts';
import { componentsOf, type Framework, type SignerRole } from '../plans/framework.ts';
import { diffOf, type FrameworkDiff } from './migration.ts';

export interface Difference extends FrameworkDiff {
  name: { from: string; to: string } | null;
  reviewsPerYear: { from: number; to: number } | null;
  /** Roles with `none`, `optional` or `required` before and after. */
  signatures: { role: SignerRole; from: Signs; to: Signs }[];
  sectionWeights: { key: SectionKey; from: number; to: number }[];
  partWeights: { key: ComponentKey; from: number; to: number }[];
  /** Parts that now count only when confirmed, and that no longer do. */
  nowConfirmed: ComponentKey[];
  nowUnconfirmed: ComponentKey[];
}
export type Signs = 'none' | 'optional' | 'required';

export function differenceOf(from: Framework, to: Framework): Difference {
  return {
    ...diffOf(from, to),
    name: from.name === to.name ? null : { from: from.name, to: to.name },
    reviewsPerYear:
      from.reviewsPerYear === to.reviewsPerYear ? null : { from: from.reviewsPerYear, to: to.reviewsPerYear },
    signatures: signaturesBetween(from, to),
    sectionWeights: sectionsBetween(from, to),
    ...partsBetween(from, to),
  };
}

export function isSame(difference: Difference): boolean {
  return Object.values(difference).every((one) => one === null || (Array.isArray(one) && one.length === 0));
}

const ROLES: readonly SignerRole[] = ['student', 'family', 'advisor', 'school', 'other'];

function signaturesBetween(from: Framework, to: Framework): Difference['signatures'] {
  const signs = ({ signatures }: Framework, role: SignerRole): Signs => {
    const own = signatures.find((one) => one.role === role);
    return own ? (own.required ? 'required' : 'optional') : 'none';
  };
  return ROLES.map((role) => ({ role, from: signs(from, role), to: signs(to, role) })).filter(
    (one) => one.from !== one.to,
  );
}

function sectionsBetween(from: Framework, to: Framework): Difference['sectionWeights'] {
  const before = new Map(from.sections.map(({ key, weight }) => [key, weight]));
  return to.sections.flatMap(({ key, weight }) => {
    const old = before.get(key);
    return old === undefined || old === weight ? [] : [{ key, from: old, to: weight }];
  });
}

function partsBetween(
  from: Framework,
  to: Framework,
): Pick<Difference, 'partWeights' | 'nowConfirmed' | 'nowUnconfirmed'> {
  const before = new Map(componentsOf(from).map((one) => [one.key, one]));
  const both = componentsOf(to).flatMap((now) => {
    const old = before.get(now.key);
    return old ? [{ key: now.key, old, now }] : [];
  });
  const confirmed = (now: boolean): ComponentKey[] =>
    both
      .filter((one) => one.now.needsVerification === now && one.old.needsVerification !== now)
      .map(({ key }) => key);
  return {
    partWeights: both
      .filter(({ old, now }) => old.weight !== now.weight)
      .map(({ key, old, now }) => ({ key, from: old.weight, to: now.weight })),
    nowConfirmed: confirmed(true),
    nowUnconfirmed: confirmed(false),
  };
}
