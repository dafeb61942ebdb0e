// Builds what ships: the command line (dist/notesight.js).
import { build } from 'esbuild';

/** Loaded from node_modules: native code, workers and weights can't be bundled, and commander is no ES module. */
const external = ['sharp', 'tesseract.js', 'heic-decode', 'commander'];

await build({
  entryPoints: { notesight: 'src/hosts/cli/main.ts' },
  outdir: 'dist',
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
