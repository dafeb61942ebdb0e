import { readFile } from 'node:fs/promises';
import type { PluginManifest } from './host-api.ts';

const FOLDER = new URL('../../dist/obsidian/', import.meta.url);

export interface BuiltPlugin {
  readonly mainJs: string;
  readonly manifest: PluginManifest;
  readonly stylesCss: string;
}

/**
 * Reads the files that ship to Obsidian.
 * @throws Error if they have not been built
 */
export async function readBuiltPlugin(): Promise<BuiltPlugin> {
  const read = (name: string): Promise<string> => readFile(new URL(name, FOLDER), 'utf8');
  try {
    const [mainJs, manifest, stylesCss] = await Promise.all([
      read('main.js'),
      read('manifest.json'),
      read('styles.css'),
    ]);
    return { mainJs, manifest: JSON.parse(manifest) as PluginManifest, stylesCss };
  } catch (cause) {
    throw new Error('dist/obsidian lacks main.js, manifest.json or styles.css: run npm run build first.', {
      cause,
    });
  }
}
