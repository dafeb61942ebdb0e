/** The text of every page with current tables, by its file name in docs/. */
export function renderDocs(): Promise<Map<string, string>>;
