import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Loaded from node_modules: native code, workers and weights can't be bundled, and commander is no ES module. */
const external = ['sharp', 'tesseract.js', 'heic-decode', 'commander'];

/**
 * Builds the command line, `notesight.js`.
 * @param {string} outdir inside the project, where it finds its packages and data
 */
export async function buildCli(outdir) {
  await build({
    entryPoints: { notesight: 'src/hosts/cli/run.ts' },
    absWorkingDir: fileURLToPath(new URL('../', import.meta.url)),
    outdir,
    bundle: true,
    platform: 'node',
    target: 'node20.9',
    format: 'esm',
    // A command loads only what it needs.
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    external,
    banner: { js: '#!/usr/bin/env node' },
    sourcemap: true,
    logLevel: 'warning',
  });
}
