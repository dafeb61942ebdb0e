// Packs the extension for VS Code: node scripts/package-vscode.mjs [--target TARGET|all|universal] [--out DIR]
//
// vsce is not among the project's own dependencies, but in scripts/vsce with a lock file of its own: it is three hundred
// packages and a hundred megabytes, which nobody needs to build or test. `npx` would pin vsce, but none of those below
// it. It is installed with the first package that is made, which needs the registry anyway, for other platforms' code.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { extensionReadme } from './extension-readme.mjs';
import { filesIn, installModules, npm, shippedDependencies, TARGETS } from './vscode-modules.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

const { values: options } = parseArgs({
  options: {
    /** One of VS Code's, `universal` for one that runs on all, or `all` of them. */
    target: { type: 'string', default: 'universal' },
    out: { type: 'string', default: join(root, 'dist') },
    /** For a release: the extension offers to download its recognizer pack from there. */
    release: { type: 'boolean', default: false },
    /** A folder with a package.json and dist/vscode to pack in place of the project's, to try this script. */
    extension: { type: 'string' },
  },
});
const targets = options.target === 'all' ? Object.keys(TARGETS) : [options.target];
if (!targets.every((target) => target in TARGETS)) {
  console.error(`--target must be all, ${Object.keys(TARGETS).join(', ')}`);
  process.exit(2);
}

/** The images that package.json names. */
const ICONS = ['assets/icon.png', 'assets/sidebar.svg'];

/** What of the project's package.json is for those who build it. */
const NOT_SHIPPED = [
  'allowScripts',
  'bin',
  'dependencies',
  'devDependencies',
  'files',
  'optionalDependencies',
  'overrides',
  'packageManager',
  'peerDependencies',
  'prettier',
  'scripts',
  'workspaces',
];

if (options.extension === undefined) run('esbuild.config.mjs', ...(options.release ? ['--release'] : []));
const extension = resolve(options.extension ?? root);
const source = readJson(join(extension, 'package.json'));
for (const name of ['publisher', 'main'])
  if (source[name] === undefined) throw new Error(`package.json has no "${name}", which VS Code demands`);
if (!existsSync(join(extension, source.main))) throw new Error(`The build made no ${source.main}`);
const lock = readJson(join(root, 'package-lock.json'));

const vsce = join(root, 'scripts/vsce');
const installed = (file) => statSync(join(vsce, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (installed('node_modules/.package-lock.json') < installed('package-lock.json')) {
  console.error('Installing vsce (first run only)…');
  // Its optional packages sign packages and keep passwords, with native code.
  npm(vsce, 'ci', '--omit=optional');
}

for (const target of targets) {
  const folder = join(root, 'dist/vscode-package', target);
  const suffix = target === 'universal' ? '' : `-${target}`;
  const file = resolve(options.out, `${source.name}-${source.version}${suffix}.vsix`);
  stage(target, folder);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true });
  pack(target, folder, file);
  const unpacked = filesIn(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  console.log(`${file}  ${megabytes(statSync(file).size)} MB, ${megabytes(unpacked)} MB unpacked`);
}

/**
 * Fills a folder with what the package holds.
 *
 * @param {string} target
 * @param {string} folder
 */
function stage(target, folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const kept = Object.entries(source).filter(([name]) => !NOT_SHIPPED.includes(name));
  const manifest = { ...Object.fromEntries(kept), dependencies: shippedDependencies(lock, target) };
  writeFileSync(join(folder, 'package.json'), withMedia(`${JSON.stringify(manifest, null, 2)}\n`, folder));
  installModules(folder, lock, target);

  const names = readdirSync(extension).filter((name) => /^package\.nls(?:\..+)?\.json$|^l10n$/.test(name));
  for (const name of names) copy(extension, name, folder);
  copy(extension, 'dist/vscode', folder);
  for (const name of ['CHANGELOG.md', 'LICENSE', 'THIRD_PARTY.md']) copy(root, name, folder);
  // Not `assets/tessdata`, which belongs to the recognizers: the extension downloads them.
  for (const name of ICONS) copy(root, name, folder);
  writeFileSync(join(folder, 'README.md'), extensionReadme());
  // Without one vsce warns that it takes all that is here, which is what it shall do.
  writeFileSync(join(folder, '.vscodeignore'), '.vscodeignore\n');
}

/**
 * @param {string} from
 * @param {string} name
 * @param {string} to
 */
function copy(from, name, to) {
  cpSync(join(from, name), join(to, name), { recursive: true, filter: (path) => !path.endsWith('.map') });
}

/**
 * Copies the pictures that the walkthrough shows, since docs/ does not ship.
 *
 * @param {string} manifest
 * @param {string} folder
 * @returns {string} the manifest with their new paths
 */
function withMedia(manifest, folder) {
  return manifest.replace(/"((?:docs\/screenshots|assets\/walkthrough)\/([^"]+))"/g, (_all, path, name) => {
    cpSync(join(root, path), join(folder, 'media', name));
    return `"media/${name}"`;
  });
}

/**
 * @param {string} target
 * @param {string} folder
 * @param {string} file
 */
function pack(target, folder, file) {
  const args = ['package', '--out', file];
  if (target !== 'universal') args.push('--target', target);
  if (source.repository === undefined) args.push('--allow-missing-repository');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(vsce, 'node_modules/@vscode/vsce/vsce'), ...args],
    { cwd: folder, encoding: 'utf8' },
  );
  // It lists the files, and would have those bundled that can't be.
  const warnings = stderr
    .split('\n')
    .filter((line) => /WARNING/.test(line) && !/bundle your extension/.test(line));
  if (status !== 0) console.error(stdout + stderr);
  else if (warnings.length > 0) console.error(warnings.join('\n'));
  if (status !== 0) throw new Error(`vsce created no package for ${target}`);
}

/** @param {...string} args */
function run(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
