import type { TemplateData } from '../../src/shared/page.ts';

/**
 * Makes a template that reads a field nobody gave it fail, where EJS would print nothing. Functions of the model
 * (`it.t`) pass as they are.
 */
export function strictView<T extends object>(model: T, path = 'it'): T {
  return new Proxy(model, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol' || Reflect.has(target, key)) {
        return isPlain(value) ? strictView(value, `${path}.${String(key)}`) : value;
      }
      throw new Error(`The view asks for ${path}.${key}, which the page does not have.`);
    },
  });
}

function isPlain(value: unknown): value is object {
  return Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]';
}

/**
 * Template data whose every object is strict: the page's, and each partial's argument. EJS copies the top level, so
 * that one is left as it is.
 */
export function strictData(it: TemplateData): TemplateData {
  return {
    ...it,
    vm: strictView(it.vm, 'it.vm'),
    chrome: strictView(it.chrome, 'it.chrome'),
    args: (given, defaults) => strictView({ ...defaults, ...given }, 'a') as never,
  };
}
