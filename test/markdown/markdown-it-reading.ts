import MarkdownIt from 'markdown-it';

/** As VS Code's preview sets it up. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** A note as `markdown-it` renders it: the alt texts of its Markdown images, and the page without them. */
export function markdownItReading(note: string): { alts: string[]; page: string } {
  const alts = markdown
    .parse(note, {})
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'image')
    .map((image) => markdown.renderer.renderInlineAsText(image.children ?? [], markdown.options, {}));
  return { alts, page: markdown.render(note).replace(/ alt="[^"]*"/g, '') };
}
