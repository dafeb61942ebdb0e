// Unpacks packages for VS Code and tries what is in them: node scripts/check-vsix.mjs FILE.vsix …
import { spawnSync } from 'node:child_process';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { filesIn, TARGETS } from './vscode-modules.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
/** Of a package with sharp as WebAssembly. sharp's native builds have other sizes. */
const MAX_BYTES = 6_500_000;
const yauzl = createRequire(join(root, 'scripts/vsce/package.json'))('yauzl');

const files = process.argv.slice(2);
if (files.length === 0) {
  console.error('node scripts/check-vsix.mjs FILE.vsix …');
  process.exit(2);
}
for (const file of files) {
  const folder = mkdtempSync(join(tmpdir(), 'notesight-vsix-'));
  try {
    await unzip(file, folder);
    const target = /TargetPlatform="([^"]+)"/.exec(
      readFileSync(join(folder, 'extension.vsixmanifest'), 'utf8'),
    );
    check(file, target?.[1] ?? 'universal', folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} file
 * @param {string} target
 * @param {string} folder
 */
function check(file, target, folder) {
  const extension = join(folder, 'extension');
  const names = filesIn(extension);
  const wrong = [
    ...checkManifest(extension),
    ...checkModules(extension, target),
    ...names.filter((name) => /\.map$|\.d\.[cm]?ts$|\.vsix$/.test(name)).map((name) => `${name} ships`),
    ...checkPages(extension, names),
    ...checkSize(file, target),
    ...names
      .filter((name) => tellsPath(join(extension, name)))
      .map((name) => `${name} tells a path of this machine`),
  ];
  const runs = wrong.length === 0 && runsHere(target);
  if (runs && probe(extension, target) !== 0) wrong.push('what it brings does not work');

  const unpacked = names.reduce((sum, name) => sum + statSync(join(extension, name)).size, 0);
  const size = `${megabytes(statSync(file).size)} MB, ${megabytes(unpacked)} MB unpacked, ${names.length} files`;
  console.log(`${target}: ${size}${runs ? '' : '; not run on this machine'}`);
  for (const line of wrong) console.error(`  ${line}`);
  if (wrong.length > 0) process.exitCode = 1;
}

/**
 * @param {string} file
 * @param {string} target
 */
function checkSize(file, target) {
  if (TARGETS[target].cpu !== 'wasm32') return [];
  const { size } = statSync(file);
  return size > MAX_BYTES ? [`it has ${megabytes(size)} MB, more than ${megabytes(MAX_BYTES)}`] : [];
}

/**
 * What the manifest names must be there.
 *
 * @param {string} extension
 */
function checkManifest(extension) {
  const text = readFileSync(join(extension, 'package.json'), 'utf8');
  const manifest = JSON.parse(text);
  const wrong = ['scripts', 'devDependencies', 'bin']
    .filter((name) => name in manifest)
    .map((name) => `package.json has "${name}"`);

  const paths = [...text.matchAll(/"((?:\.\/)?(?:dist|assets|docs|media|l10n)(?:\/[^"]*)?)"/g)].map(
    ([, path]) => path,
  );
  for (const path of paths) if (!existsSync(join(extension, path))) wrong.push(`${path} is missing`);

  const keys = new Set([...text.matchAll(/"%([^"%]+)%"/g)].map(([, key]) => key));
  const languages = readdirSync(extension).filter((name) => /^package\.nls.*\.json$/.test(name));
  if (keys.size > 0 && languages.length === 0) wrong.push('package.nls.json is missing');
  for (const name of languages) {
    const words = JSON.parse(readFileSync(join(extension, name), 'utf8'));
    for (const key of keys) if (!(key in words)) wrong.push(`${name} has no "${key}"`);
  }
  return wrong;
}

/**
 * @param {string} extension
 * @param {readonly string[]} names
 */
function checkPages(extension, names) {
  const wrong = names.filter((name) => name.startsWith('docs/')).map((name) => `${name} ships`);
  for (const page of ['readme.md', 'changelog.md'])
    if (!names.some((name) => name.toLowerCase() === page)) wrong.push(`${page} is missing`);
  const readme = names.find((name) => name.toLowerCase() === 'readme.md');
  const text = readme === undefined ? '' : readFileSync(join(extension, readme), 'utf8');
  for (const [, target] of text.matchAll(/\]\((?!https:|#)([^)]+)\)/g))
    wrong.push(`the README links to ${target}, which is not on the web`);
  return wrong;
}

/**
 * Every package has the version that it wants, and sharp's code is the target's alone.
 *
 * @param {string} extension
 * @param {string} target
 */
function checkModules(extension, target) {
  const modules = join(extension, 'node_modules');
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const wrong = filesIn(modules)
    .filter((name) => /^(?:@[^/]+\/)?[^/]+\/package\.json$/.test(name))
    .flatMap((name) => {
      const { version } = JSON.parse(readFileSync(join(modules, name), 'utf8'));
      const wants = packages[`node_modules/${dirname(name)}`]?.version;
      return version === wants ? [] : [`${dirname(name)} is ${version}, the lock file has ${wants}`];
    });
  const has = readdirSync(join(modules, '@img')).filter((name) => name.startsWith('sharp-'));
  const wants = TARGETS[target].sharp.map((name) => `sharp-${name}`);
  if (has.sort().join() !== wants.sort().join()) wrong.push(`@img has ${has.join(', ')}`);
  return wrong;
}

/** @param {string} path */
function tellsPath(path) {
  const bytes = readFileSync(path);
  return [root, homedir().length > 5 ? homedir() : root].some((place) => bytes.includes(place));
}

/**
 * Starts the packed code on its own, outside of the project.
 *
 * @param {string} extension
 * @param {string} target
 */
function probe(extension, target) {
  const { status } = spawnSync(
    process.execPath,
    [join(root, 'scripts/probe-vsix.mjs'), extension, TARGETS[target].cpu],
    { cwd: extension, env: { ...process.env, NODE_PATH: '' }, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  return status;
}

/** @param {string} target */
function runsHere(target) {
  const { os, cpu, libc } = TARGETS[target];
  if (cpu === 'wasm32') return true;
  const isGlibc = process.report.getReport().header.glibcVersionRuntime !== undefined;
  return (
    os === process.platform && cpu === process.arch && (libc === undefined || (libc === 'musl') !== isGlibc)
  );
}

/**
 * @param {string} file
 * @param {string} folder
 * @returns {Promise<void>}
 */
async function unzip(file, folder) {
  const zip = await yauzl.openPromise(file);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName.endsWith('/')) continue;
    const path = join(folder, entry.fileName);
    mkdirSync(dirname(path), { recursive: true });
    await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path));
  }
}

/** @param {number} bytes */
function megabytes(bytes) {
  return (bytes / 1e6).toFixed(1);
}
