import * as mocks from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';
import type { Vault } from './vault.ts';

/** The mock's cache with Obsidian's way from a link to a file and back. */
export class MetadataCache extends mocks.MetadataCache {
  declare app__: App;

  constructor(app: App, vault: Vault) {
    super(app, vault);
    vault.on('rename', (file, oldPath) => {
      if (!(file instanceof mocks.TFile) || typeof oldPath !== 'string') return;
      const cache = this.cache__.get(oldPath);
      this.cache__.delete(oldPath);
      if (cache !== undefined) this.cache__.set(file.path, cache);
    });
    Object.defineProperty(this, 'resolvedLinks', { get: () => this.#resolvedLinks() });
    vault.on('delete', (file) => {
      if (!(file instanceof mocks.TFile)) return;
      const cache = this.cache__.get(file.path) ?? null;
      if (this.cache__.delete(file.path)) this.trigger('deleted', file, cache);
    });
  }

  /**
   * The path from the root, else the end of a path: in the note's own folder first, else the shortest. What begins
   * with `/` is meant from the root, with `./` or `../` from the note.
   */
  override getFirstLinkpathDest(linkpath: string, sourcePath: string): mocks.TFile | null {
    const folder = sourcePath.slice(0, sourcePath.lastIndexOf('/') + 1);
    if (linkpath === '') return this.app__.vault.getFileByPath(sourcePath);
    if (/^\.{1,2}\//.test(linkpath)) return this.#at(joined(folder, linkpath));
    if (linkpath.startsWith('/')) return this.#at(linkpath.slice(1));
    return this.#at(linkpath) ?? this.#endingWith(linkpath, folder);
  }

  /** The name alone where it is the only one, else the whole path. */
  override fileToLinktext(file: mocks.TFile, _sourcePath: string, omitMdExtension = true): string {
    const alone = this.app__.vault.getFiles().filter(({ name }) => same(name, file.name)).length === 1;
    const text = alone ? file.name : file.path;
    return omitMdExtension && file.extension === 'md' ? text.slice(0, -'.md'.length) : text;
  }

  /** Note → file → how often it links to it or embeds it, as wiki link or Markdown. HTML is none to Obsidian. */
  #resolvedLinks(): Record<string, Record<string, number>> {
    const { vault } = this.app__;
    const links: Record<string, Record<string, number>> = {};
    for (const note of vault.getFiles().filter(({ extension }) => extension === 'md')) {
      const counts: Record<string, number> = (links[note.path] = {});
      const text = vault.disk.readSync__(note.path);
      for (const [, wiki, markdown] of text.matchAll(/\[\[([^\]|#]+)|\]\(<?([^)>]+)>?\)/g)) {
        const target = this.getFirstLinkpathDest(wiki ?? decoded(markdown ?? ''), note.path);
        if (target !== null) counts[target.path] = (counts[target.path] ?? 0) + 1;
      }
    }
    return links;
  }

  #at(path: string): mocks.TFile | null {
    const files = this.app__.vault.getFiles();
    return (
      files.find((file) => file.path === path) ??
      files.find((file) => same(file.path, path) || same(file.path, `${path}.md`)) ??
      null
    );
  }

  #endingWith(end: string, folder: string): mocks.TFile | null {
    const ends = [`/${end}`, `/${end}.md`].map((text) => text.toLowerCase());
    const files = this.app__.vault
      .getFiles()
      .filter((file) => ends.some((text) => `/${file.path}`.toLowerCase().endsWith(text)))
      .sort((a, b) => a.path.length - b.path.length);
    return files.find((file) => file.path.startsWith(folder)) ?? files[0] ?? null;
  }
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function joined(folder: string, relative: string): string {
  const parts = folder.split('/').filter((part) => part !== '');
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  }
  return parts.join('/');
}

/** A file may be named `100%.png`. */
function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
  }
}
