import type { Page } from 'playwright-core';

/** Runs a command from the menu of an image in the chat. */
export async function imageCommand(page: Page, image: number, command: string): Promise<void> {
  const more = page.getByRole('button', { name: `Actions for image ${image}` });
  await more.focus();
  await more.click();
  await page.locator('.menu').getByText(command, { exact: true }).click();
}
