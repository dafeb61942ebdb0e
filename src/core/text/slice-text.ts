/** The beginning of a text, without half of a character at its end. @param length UTF-16 units */
export function sliceText(text: string, length: number): string {
  return text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '');
}
