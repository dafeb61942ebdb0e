import MarkdownIt from 'markdown-it';
import * as mocks from 'obsidian-test-mocks/obsidian';

const markdown = new MarkdownIt({ linkify: true });

/** Renders CommonMark; of Obsidian's own syntax, only embedded images. HTML in the text stays text. */
export abstract class MarkdownRenderer extends mocks.MarkdownRenderer {
  static override async render(
    app: mocks.App,
    text: string,
    el: HTMLElement,
    sourcePath: string,
  ): Promise<void> {
    await Promise.resolve();
    const page = new DOMParser().parseFromString(markdown.render(withMarkdownEmbeds(text)), 'text/html');
    for (const image of page.body.querySelectorAll('img')) {
      const link = decodeURI(image.getAttribute('src') ?? '');
      const file = app.metadataCache.getFirstLinkpathDest(link, sourcePath);
      if (file !== null) image.src = app.vault.getResourcePath(file);
    }
    el.append(...page.body.childNodes);
  }

  static override async renderMarkdown(text: string, el: HTMLElement): Promise<void> {
    await Promise.resolve();
    el.append(...new DOMParser().parseFromString(markdown.render(text), 'text/html').body.childNodes);
  }
}

function withMarkdownEmbeds(text: string): string {
  return text.replace(
    /!\[\[([^\]|#]+)[^\]|]*(?:\|([^\]]*))?\]\]/g,
    (_embed, link: string, alt = '') => `![${String(alt)}](<${link}>)`,
  );
}
