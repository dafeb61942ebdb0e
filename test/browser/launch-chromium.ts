import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { chromium } from 'playwright-core';
import { findChromium, HOW_TO_GET_CHROMIUM } from '../../scripts/find-chromium.mjs';

/** It calls nobody at its start: tests reach loopback and nothing else. */
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
 * A headless Chromium with a new, empty profile.
 * @param flags more of Chromium's command line
 * @throws Error where there is none on the PATH; it says how to get one
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
