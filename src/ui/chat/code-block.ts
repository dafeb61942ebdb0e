import { button } from '../button.ts';
import { element } from '../dom.ts';
import type { RichText } from './rich-text.ts';

export interface CodeWords {
  /** Label of the button that copies the code. */
  readonly copy: string;
  /** The label after the code was copied. */
  readonly copied: string;
}

/** Milliseconds that the button says that the code was copied. */
const SAID = 2000;

/** A block of code with a button that copies it. */
export function createCodeBlock(
  doc: Document,
  { text, language }: { readonly text: string; readonly language: string },
  rich: RichText,
  words: CodeWords,
): HTMLElement {
  const pre = element(doc, 'pre', 'notesight-code');
  pre.tabIndex = 0;
  pre.dir = 'ltr';
  const code = element(doc, 'code', '', text);
  pre.append(code);
  rich.highlight(code, /^[\w+#-]*/.exec(language)?.[0].toLowerCase() ?? '');
  const copy = button(doc, 'notesight-tool notesight-copy-code', words.copy, () => {
    void doc.defaultView?.navigator.clipboard.writeText(text).then(() => {
      copy.textContent = words.copied;
      setTimeout(() => {
        copy.textContent = words.copy;
      }, SAID);
    });
  });
  const root = element(doc, 'div', 'notesight-code-block');
  root.append(pre, copy);
  return root;
}
