/** What the panel loads with the first formula or code with a known language. */
import katex from 'katex';
import Prism from 'prismjs';
import 'prismjs/components/prism-bash.js';
import 'prismjs/components/prism-c.js';
import 'prismjs/components/prism-cpp.js';
import 'prismjs/components/prism-csharp.js';
import 'prismjs/components/prism-go.js';
import 'prismjs/components/prism-java.js';
import 'prismjs/components/prism-json.js';
import 'prismjs/components/prism-latex.js';
import 'prismjs/components/prism-markdown.js';
import 'prismjs/components/prism-python.js';
import 'prismjs/components/prism-r.js';
import 'prismjs/components/prism-rust.js';
import 'prismjs/components/prism-sql.js';
import 'prismjs/components/prism-typescript.js';
import 'prismjs/components/prism-yaml.js';

/** Replaces the source of a formula. As MathML, it requires no fonts or styles. */
export function showMath(element: HTMLElement, latex: string, isBlock: boolean): void {
  const source = element.textContent;
  try {
    katex.render(latex, element, {
      output: 'mathml',
      displayMode: isBlock,
      throwOnError: true,
      strict: 'ignore',
      trust: false,
      maxSize: 20,
      maxExpand: 100,
    });
  } catch {
    element.textContent = source;
  }
}

export function highlight(code: HTMLElement, language: string): void {
  if (!(language in Prism.languages)) return;
  code.classList.add(`language-${language}`);
  Prism.highlightElement(code);
}
