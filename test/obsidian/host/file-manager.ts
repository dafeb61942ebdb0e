import * as mocks from 'obsidian-test-mocks/obsidian';
import type { App } from './app.ts';

interface FoundLink {
  readonly note: mocks.TFile;
  readonly original: string;
  readonly offset: number;
  readonly target: mocks.TFile;
}

/** Obsidian's link handling: locations of attachments, formats of links, and link updates after a rename. */
export class FileManager extends mocks.FileManager {
  readonly #app: App;

  constructor(app: App) {
    super(app);
    this.#app = app;
  }

  override async getAvailablePathForAttachment(filename: string, sourcePath?: string): Promise<string> {
    const dot = filename.lastIndexOf('.');
    const [name, extension] = dot > 0 ? [filename.slice(0, dot), filename.slice(dot + 1)] : [filename, ''];
    const source = sourcePath === undefined ? null : this.#app.vault.getFileByPath(sourcePath);
    return this.#app.vault.getAvailablePathForAttachments__(name, extension, source);
  }

  /** Without `!` only for notes, like Obsidian. Markdown if set in the vault's settings. */
  override generateMarkdownLink(file: mocks.TFile, sourcePath: string, subpath = '', alias = ''): string {
    const bang = file.extension === 'md' ? '' : '!';
    const text = this.#app.metadataCache.fileToLinktext(file, sourcePath) + subpath;
    if (this.#app.vault.getConfig__('useMarkdownLinks') === true) {
      const url = encodeURI(file.extension === 'md' ? `${text}.md` : text);
      return `${bang}[${alias || (bang === '' ? file.basename : '')}](${url})`;
    }
    return alias === '' ? `${bang}[[${text}]]` : `${bang}[[${text}|${alias}]]`;
  }

  /** Updates links to the file in open and closed notes. */
  override async renameFile(file: mocks.TAbstractFile, newPath: string): Promise<void> {
    const links = this.#linksTo(file);
    await this.#app.vault.rename(file, newPath);
    for (const note of new Set(links.map((link) => link.note))) {
      const ofNote = links.filter((link) => link.note === note).sort((a, b) => b.offset - a.offset);
      await this.#app.vault.process(note, (text) => {
        let changed = text;
        for (const { offset, original, target } of ofNote) {
          if (!changed.startsWith(original, offset)) continue;
          const link = respelled(original, this.#app.metadataCache.fileToLinktext(target, note.path, false));
          changed = changed.slice(0, offset) + link + changed.slice(offset + original.length);
        }
        return changed;
      });
    }
  }

  override async trashFile(file: mocks.TAbstractFile): Promise<void> {
    await this.#app.vault.trash(file, true);
  }

  #linksTo(file: mocks.TAbstractFile): FoundLink[] {
    const found: FoundLink[] = [];
    for (const note of this.#app.vault.getMarkdownFiles()) {
      const cache = this.#app.metadataCache.getFileCache(note);
      for (const link of [...(cache?.links ?? []), ...(cache?.embeds ?? [])]) {
        const target = this.#app.metadataCache.linkTarget(link, note);
        if (target === null) continue;
        if (target !== file && !target.path.startsWith(`${file.path}/`)) continue;
        found.push({ note, original: link.original, offset: link.position.start.offset, target });
      }
    }
    return found;
  }
}

/** The same link with another target: its alias, heading and alt text stay. */
function respelled(original: string, linktext: string): string {
  const wiki = /^(!?\[\[)[^\]|#]*/.exec(original);
  if (wiki !== null) {
    const text = original.startsWith('!') ? linktext : linktext.replace(/\.md$/, '');
    return `${wiki[1] ?? ''}${text}${original.slice(wiki[0].length)}`;
  }
  return original.replace(/\]\([^)#]*/, () => `](${encodeURI(linktext)}`);
}
