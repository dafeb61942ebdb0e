/** The generated and the typed alt text of an image. One of them is shown; the other is kept. */
export interface RowText {
  /** The text to show. */
  readonly shown: string;
  readonly isTyped: boolean;
  /** Whether there is another text to switch to. */
  readonly canSwap: boolean;
  generate(alt: string): void;
  type(text: string): void;
  swap(): void;
  /** Shows what is generated next, even if a text was typed. */
  awaitGenerated(): void;
}

/** @param earlier text that was typed earlier; null if none was */
export function createRowText(earlier: string | null): RowText {
  let generated: string | null = null;
  let typed = earlier;
  let isTyped = typed !== null;
  return {
    get shown() {
      return (isTyped ? typed : generated) ?? '';
    },
    get isTyped() {
      return isTyped;
    },
    get canSwap() {
      return typed !== null && !(isTyped && (generated === null || generated === typed));
    },
    generate(alt) {
      generated = alt;
    },
    type(text) {
      typed = text;
      isTyped = true;
    },
    swap() {
      isTyped = !isTyped;
    },
    awaitGenerated() {
      isTyped = false;
    },
  };
}
