// Activates the built extension in a process of its own, in a VS Code that answers everything and does nothing, and prints
// the milliseconds of it and the modules that were loaded for it.
const Module = require('node:module');
const { performance } = require('node:perf_hooks');
const { resolve } = require('node:path');

/** Can be called, constructed and asked for any member, and is itself what it answers; it has no end to iterate to. */
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
const known = { workspace: new Proxy({ textDocuments: [] }, { get: (own, name) => own[name] ?? anything }) };
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
activate({ subscriptions: [], secrets: anything, extensionUri: anything, globalStorageUri: anything });
const time = performance.now() - start;
console.log(JSON.stringify({ time, loaded: loaded.slice(1) }));
process.exit();
