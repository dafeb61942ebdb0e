import * as commands from '@codemirror/commands';
import * as language from '@codemirror/language';
import * as state from '@codemirror/state';
import * as view from '@codemirror/view';
import type { PluginManifest } from '../host-api.ts';
import type { App } from './app.ts';
import * as obsidian from './obsidian.ts';
import { Plugin } from './plugin.ts';

const MODULES: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['obsidian', obsidian],
  ['@codemirror/commands', commands],
  ['@codemirror/language', language],
  ['@codemirror/state', state],
  ['@codemirror/view', view],
]);

/**
 * Evaluates a plugin's `main.js` like Obsidian and creates the plugin, without loading it.
 * @throws Error if it requires modules unavailable on a phone: Node, Electron
 */
export function createPlugin(app: App, mainJs: string, manifest: PluginManifest): Plugin {
  const module: { exports: { default?: unknown } } = { exports: {} };
  const run = Reflect.construct(Function, ['require', 'module', 'exports', mainJs]) as (
    require: (id: string) => unknown,
    module: unknown,
    exports: unknown,
  ) => void;
  run(requireShared, module, module.exports);
  const PluginClass = module.exports.default as new (app: App, manifest: PluginManifest) => unknown;
  const plugin = new PluginClass(app, manifest);
  if (!(plugin instanceof Plugin)) throw new Error('main.js exports no plugin by default.');
  return plugin;
}

function requireShared(id: string): unknown {
  if (!MODULES.has(id)) throw new Error(`Cannot find module '${id}': it is not there on a phone.`);
  return MODULES.get(id);
}
