import MarkdownIt from 'markdown-it';

/** Configured as in VS Code's preview. */
const markdown = new MarkdownIt({ html: true, linkify: true });

/** A note rendered by `markdown-it`: the alt texts of its Markdown images, and the page without them. */
export function markdownItReading(note: string): { alts: string[]; page: string } {
  const alts = markdown
    .parse(note, {})
    .flatMap(({ children }) => children ?? [])
    .filter(({ type }) => type === 'image')
    .map((image) => markdown.renderer.renderInlineAsText(image.children ?? [], markdown.options, {}));
  return { alts, page: markdown.render(note).replace(/ alt="[^"]*"/g, '') };
}
