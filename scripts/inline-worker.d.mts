import type { Plugin } from 'esbuild';

/** Gives the bundled code of a worker as a string: `import { source } from 'worker:./name.ts'`. */
export function inlineWorker(): Plugin;
