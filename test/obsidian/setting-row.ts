import type { Locator, Page } from 'playwright-core';

/** The row of a setting, by its name. */
export function settingRow(page: Page, name: string): Locator {
  return page.locator('.setting-item', { has: page.getByText(name, { exact: true }) });
}
