// Builds everything that a release contains into dist/release, and checks names, versions, contents, and hashes:
// node scripts/release-check.mjs [--tag TAG] [--vsix this|all|none|TARGET]
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { NODE_PACK_NAME, PACK_NAME } from './build-recognizer-pack.mjs';
import { releaseFile, REPOSITORY } from './repository.mjs';
import { TARGETS } from './vscode-modules.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));
const out = join(root, 'dist/release');
const CHECKSUMS = 'SHA256SUMS';

const { values: options } = parseArgs({
  options: {
    /** The tag of the release, which must be the version. */
    tag: { type: 'string' },
    /** For which platforms the extension is packaged. */
    vsix: { type: 'string', default: 'this' },
  },
});

const manifest = readJson('manifest.json');
const packageJson = readJson('package.json');
const { version } = packageJson;
/** @type {string[]} */
const problems = [];

checkVersions();
stopIfWrong();
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
// Chunks of earlier builds have other names.
rmSync(join(root, 'dist/chunks'), { recursive: true, force: true });
// The editors' parts of a release also have the download addresses of their packs.
node('esbuild.config.mjs', '--release');
node('esbuild.config.mjs', '--release', '--obsidian', out);
checkPlugin();
checkTarball(packTarball());
checkExtensionPack();
checkExtension();
stopIfWrong();
node('--import', 'tsx', '--test', 'test/release/npm-package.ts');

const files = readdirSync(out).sort();
writeFileSync(join(out, CHECKSUMS), files.map((name) => `${sha256(join(out, name))}  ${name}\n`).join(''));
console.log(`Notesight ${version} is ready to release. Files in dist/release:`);
for (const name of [...files, CHECKSUMS]) console.log(`  ${name}`);

function checkVersions() {
  const lock = readJson('package-lock.json');
  const versions = readJson('versions.json');
  is(manifest.version, version, 'the version in manifest.json');
  is(lock.version, version, 'the version in package-lock.json');
  is(lock.packages[''].version, version, 'the version of the project in package-lock.json');
  is(versions[version], manifest.minAppVersion, `the app version for ${version} in versions.json`);
  is(manifest.id, packageJson.name, 'the id in manifest.json');
  is(packageJson.homepage, `${REPOSITORY}#readme`, 'homepage in package.json');
  is(packageJson.bugs.url, `${REPOSITORY}/issues`, 'bugs in package.json');
  if (options.tag !== undefined) is(options.tag, version, 'the tag');
  const section = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').includes(`## [${version}] - `);
  if (!section) problems.push(`CHANGELOG.md has no section for ${version}`);
  if (
    options.tag !== undefined &&
    readFileSync(join(root, 'CHANGELOG.md'), 'utf8').includes(`[${version}] - Unreleased`)
  )
    problems.push(`CHANGELOG.md has no date for ${version}`);
}

/** The files that Obsidian downloads, and the pack that the plugin accepts. */
function checkPlugin() {
  for (const name of ['main.js', 'manifest.json', 'styles.css'])
    if (!existsSync(join(out, name))) fail(`The build made no ${name}`);
  copyFileSync(join(root, 'dist/packs', PACK_NAME), join(out, PACK_NAME));
  const mainJs = readFileSync(join(out, 'main.js'), 'utf8');
  if (!mainJs.includes(sha256(join(out, PACK_NAME)))) problems.push(`main.js does not accept ${PACK_NAME}`);
  if (!mainJs.includes(releaseFile(PACK_NAME)))
    problems.push(`main.js has no download address for ${PACK_NAME}`);
  is(
    JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).version,
    version,
    'the version of the built plugin',
  );
}

/** @returns {{ filename: string, files: { path: string }[] }} what npm packed */
function packTarball() {
  const { status, stdout, stderr } = spawnSync('npm', ['pack', '--json', '--pack-destination', out], {
    cwd: root,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail(`npm pack failed: ${stderr}`);
  return JSON.parse(stdout)[0];
}

/** @param {{ filename: string, files: { path: string }[] }} tarball */
function checkTarball({ filename, files: packed }) {
  const names = packed.map(({ path }) => path);
  is(filename, `${packageJson.name}-${version}.tgz`, 'the name of the npm tarball');
  for (const name of ['dist/notesight.js', 'README.md', 'LICENSE', 'THIRD_PARTY.md', 'CHANGELOG.md'])
    if (!names.includes(name)) problems.push(`the npm tarball lacks ${name}`);
  const unwanted = names.filter((name) =>
    /\.map$|^(?:src|test|scripts|docs)\/|^dist\/(?:vscode|obsidian)/.test(name),
  );
  for (const name of unwanted) problems.push(`the npm tarball contains ${name}`);
}

/** The recognizers that the extension downloads. */
function checkExtensionPack() {
  copyFileSync(join(root, 'dist/packs', NODE_PACK_NAME), join(out, NODE_PACK_NAME));
  const code = readFileSync(join(root, 'dist/vscode/extension.cjs'), 'utf8');
  if (!code.includes(sha256(join(out, NODE_PACK_NAME))))
    problems.push(`extension.cjs does not accept ${NODE_PACK_NAME}`);
  if (!code.includes(releaseFile(NODE_PACK_NAME)))
    problems.push(`extension.cjs has no download address for ${NODE_PACK_NAME}`);
}

function checkExtension() {
  if (options.vsix === 'none') {
    console.log('Skipping the extension (--vsix none).');
    return;
  }
  const target = options.vsix === 'this' ? thisPlatform() : options.vsix;
  node('scripts/package-vscode.mjs', '--release', '--target', target, '--out', out);
  const packages = readdirSync(out).filter((name) => name.endsWith('.vsix'));
  const wanted = (target === 'all' ? Object.keys(TARGETS) : [target]).map((name) =>
    name === 'universal' ? `notesight-${version}.vsix` : `notesight-${version}-${name}.vsix`,
  );
  is(packages.sort().join(), wanted.sort().join(), 'the packages for VS Code');
  node('scripts/check-vsix.mjs', ...packages.map((name) => join(out, name)));
}

function thisPlatform() {
  const name = `${process.platform}-${process.arch}`;
  return name in TARGETS ? name : 'universal';
}

/**
 * @param {unknown} value
 * @param {unknown} wanted
 * @param {string} what
 */
function is(value, wanted, what) {
  if (value !== wanted) problems.push(`${what} is ${value}, but should be ${wanted}`);
}

function stopIfWrong() {
  if (problems.length > 0) fail(problems.join('\n'));
}

/** @param {...string} args */
function node(...args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) fail(`node ${args.join(' ')} failed`);
}

/** @param {string} message */
function fail(message) {
  console.error(message);
  process.exit(1);
}

/** @param {string} path */
function sha256(path) {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** @param {string} name */
function readJson(name) {
  return JSON.parse(readFileSync(resolve(root, name), 'utf8'));
}
