/** The live list of what a plan still needs: each thing with its reason and whose turn it is. */
import { COMPONENT_KEYS, type ComponentKey } from './component.ts';
import { creditOf, type Measured } from './credit.ts';
import { componentsOf, type Framework, type GateKey } from './framework.ts';
import { presetsOf, type Preset } from './preset.ts';
import { missingOf, STAFF_TURN, type Missing } from './progress.ts';

/** Whose turn it is. */
export type Turn = 'student' | 'advisor' | 'both';

export interface MissingThing {
  key: ComponentKey | GateKey;
  why: Missing['why'];
  required: boolean;
  minutes: number;
  turn: Turn;
  /** The presets of the plan's framework that ask for it; empty: the school alone does. */
  askedBy: { preset: Preset; required: boolean }[];
}

/** What is there, or was taken out of the count by staff. */
export interface SettledThing {
  key: ComponentKey;
  /** The reason of staff; null: it is done. */
  exempt: string | null;
}

/** @returns everything that keeps the plan from being complete, in the order of `missingOf` */
export function missingThings(plan: Measured, framework: Framework): MissingThing[] {
  const presets = presetsOf(framework.presets);
  return missingOf(plan, framework).map(({ key, why, who, required, minutes }) => ({
    key,
    why,
    required,
    minutes,
    turn: isComponent(key) && why !== 'notVerified' ? (STAFF_TURN[key] ?? 'student') : who,
    askedBy: isComponent(key) ? askingFor(presets, key) : key === 'signatures' ? askingToSign(presets) : [],
  }));
}

export function isComponent(key: string): key is ComponentKey {
  return (COMPONENT_KEYS as readonly string[]).includes(key);
}

function askingFor(presets: readonly Preset[], key: ComponentKey): MissingThing['askedBy'] {
  return presets.flatMap((preset) => {
    const asked = preset.components.find((component) => component.key === key);
    return asked ? [{ preset, required: asked.required }] : [];
  });
}

function askingToSign(presets: readonly Preset[]): MissingThing['askedBy'] {
  return presets
    .filter(({ signatures }) => signatures.length > 0)
    .map((preset) => ({ preset, required: preset.signatures.some(({ required }) => required) }));
}

/** Everything the framework asks for of which nothing is missing. */
export function settledThings(plan: Measured, framework: Framework): SettledThing[] {
  return componentsOf(framework).flatMap(({ key, needsVerification }): SettledThing[] => {
    const exemption = plan.exemptions.find(({ component }) => component === key);
    if (exemption) return [{ key, exempt: exemption.reason }];
    const { credit, verified } = creditOf(plan, key);
    return credit >= 1 && (verified || !needsVerification) ? [{ key, exempt: null }] : [];
  });
}
