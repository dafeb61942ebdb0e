/** @returns the content of src/core/language/language-data.ts */
export function languageData(): Promise<string>;
