import { createContext, Script } from 'node:vm';
import * as commands from '@codemirror/commands';
import * as state from '@codemirror/state';
import * as view from '@codemirror/view';

/** The modules available to a plugin on a phone. */
const SHARED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['@codemirror/commands', commands],
  ['@codemirror/state', state],
  ['@codemirror/view', view],
]);

/** The web APIs used during loading; nothing from Node. */
const WEB = { AbortController, AbortSignal, Blob, TextDecoder, TextEncoder, URL, crypto, structuredClone };

/** A plugin as created by Obsidian, limited to its startup. */
export interface LoadedPlugin {
  onload(): Promise<void>;
}

/** `main.js` in a context without Node, ready to be evaluated once. */
export interface PluginScript {
  /** Evaluates it without creating a plugin. */
  readonly evaluate: () => void;
  /** Creates the evaluated plugin, with an app and a base class that accept everything and do nothing. */
  readonly create: () => LoadedPlugin;
}

/** @throws Error on evaluation if it requires modules unavailable on a phone */
export function pluginScript(script: Script): PluginScript {
  const module: { exports: { default?: new (app: unknown, manifest: unknown) => LoadedPlugin } } = {
    exports: {},
  };
  const known: Record<string, unknown> = { Plugin: StubPlugin, getLanguage: () => 'en' };
  const obsidian = new Proxy(known, { get: (_, name) => known[String(name)] ?? anything });
  const require = (id: string): unknown => {
    if (id === 'obsidian') return obsidian;
    if (!SHARED.has(id)) throw new Error(`Cannot find module '${id}': it is not there on a phone.`);
    return SHARED.get(id);
  };
  const context = createContext({
    ...WEB,
    window: anything,
    document: anything,
    DOMParser: anything,
    fetch: anything,
    navigator: anything,
    require,
    module,
    exports: module.exports,
  });
  return {
    evaluate() {
      script.runInContext(context);
    },
    create() {
      const { default: PluginClass } = module.exports;
      if (PluginClass === undefined) throw new Error('main.js exports no plugin by default.');
      return new PluginClass(anything, { id: 'notesight', dir: '.obsidian/plugins/notesight' });
    },
  };
}

class StubPlugin {
  readonly app: unknown;
  readonly manifest: unknown;

  constructor(app: unknown, manifest: unknown) {
    this.app = app;
    this.manifest = manifest;
    return new Proxy(this, { get: (plugin, name) => Reflect.get(plugin, name) ?? anything });
  }

  /** As for a new user. */
  loadData(): Promise<null> {
    return Promise.resolve(null);
  }
}

/** Can be called, constructed and accessed with any member, always returning itself; it is not thenable. */
const anything: object = new Proxy(StubPlugin, {
  get: (target, name) =>
    name === 'then' || name === Symbol.toPrimitive
      ? undefined
      : name === 'prototype'
        ? target.prototype
        : anything,
  apply: () => anything,
  construct: () => anything,
});
