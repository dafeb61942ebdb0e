import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { BuiltPlugin } from './built-plugin.ts';
import type { PluginManifest } from './host-api.ts';

/**
 * Builds exactly the files that ship.
 * @param packAddress the download address of the recognizer pack
 */
export function buildPlugin(packAddress?: string): BuiltPlugin {
  const folder = mkdtempSync(join(tmpdir(), 'notesight-plugin-'));
  try {
    const address = packAddress === undefined ? [] : ['--pack-address', packAddress];
    execFileSync(process.execPath, ['esbuild.config.mjs', '--obsidian', folder, ...address]);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const manifest = JSON.parse(read('manifest.json')) as PluginManifest;
    return { mainJs: read('main.js'), stylesCss: read('styles.css'), manifest };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
