// Activates the built extension in a separate process, with a stub of VS Code that accepts everything and does nothing, and
// prints the duration in milliseconds and the loaded modules.
const Module = require('node:module');
const { performance } = require('node:perf_hooks');
const { resolve } = require('node:path');

/** Can be called, constructed and accessed with any member, always returning itself; iterating it yields nothing. */
const anything = new Proxy(class {}, {
  get: (target, name) =>
    name === 'then' || name === Symbol.toPrimitive
      ? undefined
      : name === Symbol.iterator
        ? () => [][Symbol.iterator]()
        : name === 'prototype'
          ? target.prototype
          : anything,
  apply: () => anything,
  construct: () => anything,
});
const nothingStored = { get: () => undefined };
const workspace = { textDocuments: [], getConfiguration: () => nothingStored };
const known = { workspace: new Proxy(workspace, { get: (own, name) => own[name] ?? anything }) };
const vscode = new Proxy(known, { get: (own, name) => own[name] ?? anything });

const load = Module._load;
const loaded = [];
Module._load = (id, ...rest) => {
  if (id === 'vscode') return vscode;
  if (!id.startsWith('node:')) loaded.push(id);
  return load(id, ...rest);
};

const start = performance.now();
const { activate } = require(resolve('dist/vscode/extension.cjs'));
activate({
  subscriptions: [],
  secrets: anything,
  extensionUri: anything,
  globalStorageUri: anything,
  workspaceState: nothingStored,
});
const time = performance.now() - start;
console.log(JSON.stringify({ time, loaded: loaded.slice(1) }));
process.exit();
