import type { BrowserContext } from 'playwright-core';

/** What all pages log and throw from now on, extensions too: what they log is sent on to their page. */
export function collectLog(context: BrowserContext): string[] {
  const log: string[] = [];
  context.on('console', (message) => log.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (thrown) => {
    const error = thrown.error();
    log.push(`thrown: ${error.stack ?? error.message}`);
  });
  return log;
}
