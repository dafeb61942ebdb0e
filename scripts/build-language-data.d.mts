/** @returns the content of src/core/model/language-data.ts */
export function languageData(): Promise<string>;
