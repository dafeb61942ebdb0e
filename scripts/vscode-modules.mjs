import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { spawnSync } from 'node:child_process';

/**
 * @typedef {object} Platform where a package is for, in npm's words
 * @property {string} os
 * @property {string} cpu
 * @property {string} [libc]
 * @property {readonly string[]} sharp the packages that hold sharp's code for it, without `@img/sharp-`
 */

/** sharp compiled to WebAssembly: runs everywhere, at half the speed. */
const WASM = { os: 'linux', cpu: 'wasm32', sharp: ['wasm32'] };

/**
 * What VS Code knows. In the desktop's extension host on Linux, which is Electron, sharp's own builds bring a second
 * GLib into the process and end it with the first image (lovell/sharp#4525, electron/electron#46323), past any `catch`.
 * The packages for Linux have WebAssembly therefore. Those for Alpine only ever run on a server, in Node.
 *
 * @type {Readonly<Record<string, Platform>>}
 */
export const TARGETS = {
  'win32-x64': { os: 'win32', cpu: 'x64', sharp: ['win32-x64'] },
  'win32-arm64': { os: 'win32', cpu: 'arm64', sharp: ['win32-arm64'] },
  'linux-x64': WASM,
  'linux-arm64': WASM,
  'linux-armhf': WASM,
  'alpine-x64': {
    os: 'linux',
    cpu: 'x64',
    libc: 'musl',
    sharp: ['linuxmusl-x64', 'libvips-linuxmusl-x64'],
  },
  'alpine-arm64': {
    os: 'linux',
    cpu: 'arm64',
    libc: 'musl',
    sharp: ['linuxmusl-arm64', 'libvips-linuxmusl-arm64'],
  },
  'darwin-x64': { os: 'darwin', cpu: 'x64', sharp: ['darwin-x64', 'libvips-darwin-x64'] },
  'darwin-arm64': { os: 'darwin', cpu: 'arm64', sharp: ['darwin-arm64', 'libvips-darwin-arm64'] },
  universal: WASM,
};

/** What `esbuild.config.mjs` leaves out of the extension's bundle. */
const EXTERNAL = ['heic-decode', 'sharp', 'tesseract.js'];

/** What no package needs to run. */
const IDLE = /\.(?:map|markdown|d\.[cm]?ts|ts|h|cc|gyp)$|^\.|\/\.|^(?:docs?|examples?|tests?|benchmarks?)\//;
/** Beside a licence; without one it is where a package tells it, as libvips does. */
const README = /^(?:README|CHANGELOG|HISTORY|CONTRIBUTING)(?:\.\w+)?$/i;

/** What Notesight doesn't reach in one package, by what it does reach or what it doesn't. */
const UNREACHED = {
  // The worker part is in the recognizer pack, with one build of Tesseract.
  'tesseract.js-core': isUnneeded,
  'tesseract.js': (file) => /^(?:dist|scripts|src\/worker-script)\/|\/browser\/|^karma/.test(file),
  // heic-decode takes the bundle with the WebAssembly inside.
  'libheif-js': (file) =>
    file.startsWith('libheif/') || /^libheif-wasm\/libheif(?:-bundle\.mjs|\.js|\.wasm)$/.test(file),
  sharp: (file) => /^(?:install|src)\//.test(file),
  // Only the worker part of tesseract.js, its part for browsers, or a Node without fetch loads these.
  ...Object.fromEntries(
    [
      'bmp-js',
      'idb-keyval',
      'node-fetch',
      'opencollective-postinstall',
      'tr46',
      'wasm-feature-detect',
      'webidl-conversions',
      'whatwg-url',
      'zlibjs',
    ].map((name) => [name, isUnneeded]),
  ),
};

/**
 * Of a package that nothing loads, only what npm and its license require.
 * @param {string} file
 */
function isUnneeded(file) {
  return file !== 'package.json' && !isLicence(file);
}

/** @param {string} file */
function isLicence(file) {
  return /^(?:licen[cs]e|notice|copying)/i.test(file);
}

/**
 * The dependencies that ship, with the versions that the lock file has.
 *
 * @param {LockFile} lock
 * @param {string} target
 * @returns {Record<string, string>}
 *
 * @typedef {{ packages: Record<string, Record<string, any>>, [key: string]: unknown }} LockFile
 */
export function shippedDependencies(lock, target) {
  // Otherwise sharp comes with it only on a computer that is made of WebAssembly.
  const names = TARGETS[target] === WASM ? ['@img/sharp-wasm32', ...EXTERNAL] : EXTERNAL;
  return Object.fromEntries(names.map((name) => [name, locked(lock, name).version]));
}

/**
 * @param {LockFile} lock
 * @param {string} name
 */
function locked(lock, name) {
  const entry = lock.packages[`node_modules/${name}`];
  if (entry === undefined) throw new Error(`package-lock.json has no ${name}`);
  return entry;
}

/**
 * Installs the dependencies of `folder/package.json` for a platform as the project's lock file has them: same versions,
 * checked by their hashes. No script of theirs is run.
 *
 * @param {string} folder
 * @param {LockFile} lock
 * @param {string} target
 */
export function installModules(folder, lock, target) {
  const { os, cpu, libc = 'glibc', sharp } = TARGETS[target];
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name, version, dependencies } = manifest;
  const packages = { '': { name, version, dependencies }, ...closure(lock, Object.keys(dependencies)) };
  const lockFile = join(folder, 'package-lock.json');
  writeFileSync(lockFile, JSON.stringify({ ...lock, name, version, packages }));
  npm(folder, 'ci', '--omit=dev', `--os=${os}`, `--cpu=${cpu}`, `--libc=${libc}`);

  const modules = join(folder, 'node_modules');
  rmSync(lockFile);
  rmSync(join(modules, '.package-lock.json'));
  // Of no use but in a browser that plays Linux.
  rmSync(join(modules, '@img/sharp-webcontainers-wasm32'), { recursive: true, force: true });
  const has = readdirSync(join(modules, '@img')).filter((name) => name.startsWith('sharp-'));
  const wants = sharp.map((name) => `sharp-${name}`);
  if (has.sort().join() !== wants.sort().join())
    throw new Error(`For ${target} npm installed ${has.join(', ')} instead of ${wants.join(', ')}`);
  prune(modules);
}

/**
 * Runs npm without scripts and chatter.
 *
 * @param {string} folder
 * @param {...string} args
 */
export function npm(folder, ...args) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-bin-links', '--loglevel=error'];
  const { status } = spawnSync('npm', [...args, ...quiet], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`npm ${args[0]} failed; it needs the registry or what npm has cached`);
}

/**
 * The entries of a lock file that packages need, theirs included.
 *
 * @param {LockFile} lock
 * @param {readonly string[]} names
 */
function closure(lock, names) {
  /** @type {LockFile['packages']} */
  const found = {};
  /** @param {string} name @param {string} from */
  const visit = (name, from) => {
    const path = resolveIn(lock, name, from);
    if (path in found) return;
    // What optional packages share with those for development has a mark of its own.
    const entry = { ...lock.packages[path] };
    delete entry.devOptional;
    if (entry.dev) throw new Error(`${name} ships, but the lock file has it for development`);
    found[path] = entry;
    for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      visit(next, path);
  };
  for (const name of names) visit(name, '');
  return found;
}

/**
 * As Node looks for a package: in its own `node_modules`, then in those above.
 *
 * @param {LockFile} lock
 * @param {string} name
 * @param {string} from
 * @returns {string}
 */
function resolveIn(lock, name, from) {
  const path = `${from === '' ? '' : `${from}/`}node_modules/${name}`;
  if (path in lock.packages) return path;
  if (from === '') throw new Error(`package-lock.json has no ${name}`);
  return resolveIn(lock, name, from.slice(0, Math.max(0, from.lastIndexOf('node_modules/') - 1)));
}

/**
 * Removes what is not needed to run.
 *
 * @param {string} modules
 */
function prune(modules) {
  for (const name of packageNames(modules)) {
    const folder = join(modules, name);
    const files = filesIn(folder);
    const licensed = files.some((file) => isLicence(file));
    for (const file of files)
      if (
        (IDLE.test(file) && !isLicence(file)) ||
        (licensed && README.test(file)) ||
        UNREACHED[name]?.(file) === true
      )
        rmSync(join(folder, file));
    removeEmptyFolders(folder);
  }
}

/**
 * @param {string} modules
 * @returns {string[]} with their scopes
 */
function packageNames(modules) {
  return readdirSync(modules).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

/**
 * @param {string} folder
 * @returns {string[]} relative, with slashes
 */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) =>
      join(parentPath, name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    );
}

/** @param {string} folder */
function removeEmptyFolders(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (!statSync(path).isDirectory()) continue;
    removeEmptyFolders(path);
    if (readdirSync(path).length === 0) rmSync(path, { recursive: true });
  }
}
