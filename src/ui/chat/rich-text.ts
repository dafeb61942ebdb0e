/** How the host shows formulas and code. Both work on elements that already show the source. */
export interface RichText {
  /** Replaces the source of a formula by the formula. @param isBlock whether it stands on its own line */
  readonly showMath: (element: HTMLElement, latex: string, isBlock: boolean) => void;
  /** Colors the code in an element. @param language as named in Markdown; '' if unknown */
  readonly highlight: (code: HTMLElement, language: string) => void;
}

/** Commands that load, link, or change more than the formula; such a formula stays source text. */
const UNSAFE =
  /\\(?:href|url|require|unicode|class|style|cssId|data|html\w*|includegraphics|def|gdef|edef|let|newcommand|renewcommand|newenvironment)\b/;

/** In UTF-16 code units; longer than any real formula. */
const MAX_LATEX = 2000;

/** Whether the LaTeX of a model may be rendered. */
export function isSafeMath(latex: string): boolean {
  return latex.length <= MAX_LATEX && !UNSAFE.test(latex);
}
