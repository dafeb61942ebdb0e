import { createContext, Script } from 'node:vm';
import * as commands from '@codemirror/commands';
import * as state from '@codemirror/state';
import * as view from '@codemirror/view';

/** What a plugin finds on a phone. */
const SHARED: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['@codemirror/commands', commands],
  ['@codemirror/state', state],
  ['@codemirror/view', view],
]);

/** As far as loading reaches for it, what every web view has; there is no Node among it. */
const WEB = { AbortController, AbortSignal, Blob, TextDecoder, TextEncoder, URL, crypto, structuredClone };

/** A plugin as Obsidian makes it, as far as a start goes. */
export interface LoadedPlugin {
  onload(): Promise<void>;
}

/** `main.js` in a context without Node, ready to be evaluated once. */
export interface PluginScript {
  /** Evaluates it, and makes no plugin yet. */
  readonly evaluate: () => void;
  /** Makes the plugin that was evaluated, with an app and a base class that answer everything and do nothing. */
  readonly create: () => LoadedPlugin;
}

/** @throws Error when it is evaluated, where it requires what isn't there on a phone */
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

  /** A new user's. */
  loadData(): Promise<null> {
    return Promise.resolve(null);
  }
}

/** Can be called, constructed and asked for any member, and is itself what it answers; nothing awaits it. */
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
