import { readFileSync } from 'node:fs';

const { repository, version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));

/** The page of the repository. `repository` in package.json is the one place that has the address. */
export const REPOSITORY = repository.url.replace(/^git\+/, '').replace(/\.git$/, '');

/**
 * Where a file of this version's release can be downloaded. Obsidian wants a tag that is just the version.
 *
 * @param {string} file
 */
export function releaseFile(file) {
  return `${REPOSITORY}/releases/download/${version}/${file}`;
}

/**
 * The bytes of a file in the repository, as of this version.
 *
 * @param {string} path
 */
export function rawFile(path) {
  return `${REPOSITORY.replace('//github.com/', '//raw.githubusercontent.com/')}/${version}/${path}`;
}

/**
 * The page of a file in the repository, as of this version.
 *
 * @param {string} path
 */
export function pageOf(path) {
  return `${REPOSITORY}/blob/${version}/${path}`;
}
