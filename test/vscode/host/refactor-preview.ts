import type { Page } from 'playwright-core';

/** The panel that previews an edit. */
export interface RefactorPreview {
  /** Its rows, files and changes, once it is visible. */
  readonly rows: () => Promise<string[]>;
  /** Checks the row with this text; changes that need confirmation are unchecked initially. */
  readonly check: (row: string | RegExp) => Promise<void>;
  readonly apply: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

export function refactorPreview(page: Page): RefactorPreview {
  const panel = page.locator('.bulk-edit-panel');
  const row = panel.locator('.monaco-list-row');
  const button = async (name: string) => {
    await panel.getByRole('button', { name, exact: true }).click();
    await panel.waitFor({ state: 'hidden' });
  };
  return {
    async rows() {
      await row.first().waitFor();
      return (await row.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim());
    },
    check: (text) => row.filter({ hasText: text }).first().getByRole('checkbox').check(),
    apply: () => button('Apply'),
    discard: () => button('Discard'),
  };
}
