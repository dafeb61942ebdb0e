import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';

/**
 * An esbuild plugin: `import { source } from 'worker:./name.ts'` gives the bundled code of a worker as a string, for a
 * plugin of Obsidian is one file and its worker starts from a Blob.
 *
 * @returns {import('esbuild').Plugin}
 */
export function inlineWorker() {
  return {
    name: 'inline-worker',
    setup({ initialOptions, onResolve, onLoad }) {
      onResolve({ filter: /^worker:/ }, ({ path, resolveDir }) => ({
        path: resolve(resolveDir, path.slice('worker:'.length)),
        namespace: 'worker',
      }));
      onLoad({ filter: /./, namespace: 'worker' }, async ({ path }) => {
        const { outputFiles, metafile } = await build({
          entryPoints: [path],
          bundle: true,
          write: false,
          metafile: true,
          minify: true,
          format: 'iife',
          platform: 'browser',
          target: initialOptions.target,
          logLevel: 'silent',
        });
        return {
          contents: `export const source = ${JSON.stringify(outputFiles[0].text)};`,
          resolveDir: dirname(path),
          watchFiles: Object.keys(metafile.inputs).map((file) => resolve(file)),
        };
      });
    },
  };
}
