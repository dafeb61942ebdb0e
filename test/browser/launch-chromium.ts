import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/find-chromium.mjs';

/** Disables network requests at startup: tests may use only loopback. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export interface TestBrowser {
  readonly context: BrowserContext;
  close(): Promise<void>;
}

/**
 * Starts a headless Chromium with an empty profile.
 * @param flags additional Chromium command-line flags
 * @throws Error if there is none on the PATH, with how to install one
 */
export async function launchChromium(flags: readonly string[] = []): Promise<TestBrowser> {
  const executablePath = findChromium();
  if (executablePath === null) throw new Error(`No Chromium on the PATH: ${HOW_TO_GET_CHROMIUM}.`);
  const profile = mkdtempSync(join(tmpdir(), 'notesight-chromium-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width: 1100, height: 700 },
    args: [...QUIET, ...flags],
  });
  return {
    context,
    async close() {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
