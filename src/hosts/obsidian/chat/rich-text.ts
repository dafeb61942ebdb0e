import { finishRenderMath, loadMathJax, loadPrism, renderMath } from 'obsidian';
import type { RichText } from '../../../ui/chat/rich-text.ts';

/** Obsidian's Prism, as far as it is used. */
interface Prism {
  readonly languages?: Readonly<Record<string, unknown>>;
  readonly highlightElement?: (code: HTMLElement) => void;
}

/** Formulas and code as in Obsidian's own notes. What can't be shown stays source text. */
export const obsidianRichText: RichText = {
  showMath(element, latex, isBlock) {
    void loadMathJax().then(async () => {
      element.replaceChildren(renderMath(latex, isBlock));
      await finishRenderMath();
    });
  },
  highlight(code, language) {
    if (language === '') return;
    void loadPrism().then((loaded: unknown) => {
      const { languages = {}, highlightElement } = loaded as Prism;
      if (!(language in languages)) return;
      code.addClass(`language-${language}`);
      highlightElement?.(code);
    });
  },
};
