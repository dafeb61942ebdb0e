/**
 * How code is bundled that runs in an extension host or in a thread: in one minified file of CommonJS.
 * @satisfies {import('esbuild').BuildOptions}
 */
export const NODE_BUNDLE = /** @type {const} */ ({
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  charset: 'utf8',
  logLevel: 'warning',
});
