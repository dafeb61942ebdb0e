import type { BrowserContext } from 'playwright-core';

/**
 * Collects everything that pages log or throw from now on, including extensions, whose logs are forwarded to their
 * page.
 */
export function collectLog(context: BrowserContext): string[] {
  const log: string[] = [];
  context.on('console', (message) => log.push(`${message.type()}: ${message.text()}`));
  context.on('weberror', (thrown) => {
    const error = thrown.error();
    log.push(`thrown: ${error.stack ?? error.message}`);
  });
  return log;
}
