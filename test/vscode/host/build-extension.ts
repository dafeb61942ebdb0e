import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Builds a small extension from a folder with package.json and extension.ts. */
export function buildExtension(source: string, target: string): void {
  copyFileSync(join(source, 'package.json'), join(target, 'package.json'));
  buildSync({
    entryPoints: [join(source, 'extension.ts')],
    outfile: join(target, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
}
