import type { Reference } from 'obsidian';
import * as mocks from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';
import type { Vault } from './vault.ts';

/** The mock's cache with Obsidian's resolution of links in both directions. */
export class MetadataCache extends mocks.MetadataCache {
  declare app__: App;

  constructor(app: App, vault: Vault) {
    super(app, vault);
    Object.defineProperty(this, 'resolvedLinks', { get: () => this.#resolvedLinks() });
    vault.on('rename', (file, oldPath) => {
      if (!(file instanceof mocks.TFile) || typeof oldPath !== 'string') return;
      const cache = this.cache__.get(oldPath);
      this.cache__.delete(oldPath);
      if (cache !== undefined) this.cache__.set(file.path, cache);
    });
    vault.on('delete', (file) => {
      if (!(file instanceof mocks.TFile)) return;
      const cache = this.cache__.get(file.path) ?? null;
      if (this.cache__.delete(file.path)) this.trigger('deleted', file, cache);
    });
  }

  /**
   * Matches the path from the root, or else the end of a path: first in the note's own folder, then the shortest.
   * Paths starting with `/` are relative to the root, those with `./` or `../` to the note.
   */
  override getFirstLinkpathDest(linkpath: string, sourcePath: string): mocks.TFile | null {
    const folder = sourcePath.slice(0, sourcePath.lastIndexOf('/') + 1);
    if (linkpath === '') return this.app__.vault.getFileByPath(sourcePath);
    if (/^\.{1,2}\//.test(linkpath)) return this.#at(joined(folder, linkpath));
    if (linkpath.startsWith('/')) return this.#at(linkpath.slice(1));
    return this.#at(linkpath) ?? this.#endingWith(linkpath, folder);
  }

  /** The target file of a link in a note; in Markdown, the link is a URL. */
  linkTarget(link: Reference, note: mocks.TFile): mocks.TFile | null {
    const path = mocks.getLinkpath(link.original.includes('](') ? decoded(link.link) : link.link);
    return this.getFirstLinkpathDest(path, note.path);
  }

  /** The file name if it is unique, or else the whole path. */
  override fileToLinktext(file: mocks.TFile, _sourcePath: string, omitMdExtension = true): string {
    const alone = this.app__.vault.getFiles().filter(({ name }) => same(name, file.name)).length === 1;
    const text = alone ? file.name : file.path;
    return omitMdExtension && file.extension === 'md' ? text.slice(0, -'.md'.length) : text;
  }

  /** The number of links from each note to each file; embeds count too. */
  #resolvedLinks(): Record<string, Record<string, number>> {
    const ofNote = (note: mocks.TFile): Record<string, number> => {
      const counts: Record<string, number> = {};
      const cache = this.getFileCache(note);
      for (const link of [...(cache?.links ?? []), ...(cache?.embeds ?? [])]) {
        const target = this.linkTarget(link, note);
        if (target !== null) counts[target.path] = (counts[target.path] ?? 0) + 1;
      }
      return counts;
    };
    return Object.fromEntries(this.app__.vault.getMarkdownFiles().map((note) => [note.path, ofNote(note)]));
  }

  #at(path: string): mocks.TFile | null {
    const { vault } = this.app__;
    return (
      vault.getFileByPath(path) ??
      vault.getFiles().find((file) => same(file.path, path) || same(file.path, `${path}.md`)) ??
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

function decoded(url: string): string {
  try {
    return decodeURI(url);
  } catch {
    return url;
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
