import { RangeSetBuilder, StateField, type EditorState, type Extension } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView, WidgetType } from '@codemirror/view';
import type { MarkdownView } from './markdown-view.ts';

const EMBED = /!\[\[([^\]|#]+)[^\]]*\]\]|!\[[^\]]*\]\(<?([^)>]+)>?\)/g;

/** Shows embedded images below their lines as a visual aid; Live Preview does more. */
export function imagePreviews(view: MarkdownView): Extension {
  const decorate = (state: EditorState): DecorationSet => {
    const builder = new RangeSetBuilder<Decoration>();
    for (let number = 1; number <= state.doc.lines; number++) {
      const line = state.doc.line(number);
      for (const embed of line.text.matchAll(EMBED)) {
        const url = resourceUrl(view, embed[1] ?? embed[2] ?? '');
        if (url === null) continue;
        const widget = new ImageWidget(url);
        builder.add(line.to, line.to, Decoration.widget({ widget, block: true, side: 1 }));
      }
    }
    return builder.finish();
  };
  return StateField.define<DecorationSet>({
    create: decorate,
    update: (before, transaction) => (transaction.docChanged ? decorate(transaction.state) : before),
    provide: (field) => EditorView.decorations.from(field),
  });
}

function resourceUrl(view: MarkdownView, link: string): string | null {
  const { metadataCache, vault } = view.app;
  const source = view.file?.path ?? '';
  const file =
    metadataCache.getFirstLinkpathDest(link, source) ??
    metadataCache.getFirstLinkpathDest(link.replaceAll('%20', ' '), source);
  return file === null || file.extension === 'md' ? null : vault.getResourcePath(file);
}

class ImageWidget extends WidgetType {
  readonly #url: string;

  constructor(url: string) {
    super();
    this.#url = url;
  }

  override eq(other: ImageWidget): boolean {
    return other.#url === this.#url;
  }

  override toDOM(): HTMLElement {
    return createEl('img', { cls: 'image-preview', attr: { src: this.#url, alt: '' } });
  }
}
