import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext } from 'playwright-core';
import type { RunningVscode } from './start-vscode.ts';

interface Seen {
  readonly context: BrowserContext;
  readonly log: readonly string[];
  readonly vscode: RunningVscode;
}

const FAILURES = fileURLToPath(new URL('../../../.scratch/vscode-failures/', import.meta.url));

/** Saves screenshots and logs when a test failed, and prints their location and the notifications. */
export async function keepFailure(test: string, { context, log, vscode }: Seen): Promise<void> {
  const name = `${test} ${vscode.host.name}`.replace(/[^\p{L}\p{N}]+/gu, '-').slice(0, 100);
  const folder = join(FAILURES, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'server.log'), vscode.log());
  writeFileSync(join(folder, 'page.log'), log.join('\n'));
  // The browser opens one page automatically.
  const pages = context.pages().filter((page) => page.url() !== 'about:blank');
  for (const [index, page] of pages.entries()) {
    // A crashed page has no screenshot, and the test's own error is more informative.
    await page.screenshot({ path: join(folder, `${index}.png`), timeout: 10_000 }).catch(() => null);
    const messages = await page.locator('.notification-list-item-message').allInnerTexts();
    if (messages.length > 0) console.error(`Notifications: ${messages.join(' | ')}`);
  }
  console.error(`What was seen is in ${folder}`);
}
