import type { EmbedSyntax } from './image-embed.ts';

/**
 * Folders that sites serve from their root, most likely first: Hugo, Docusaurus, Zola, Gatsby (`static`);
 * Vite, VitePress, Astro, Next.js, Nuxt (`public`); Hugo Pipes (`assets`); VuePress; MkDocs and GitHub Pages
 * (`docs`); Hexo (`source`); mdBook and the `@/` of bundlers (`src`); Pelican (`content`).
 * @see https://docusaurus.io/docs/static-assets
 * @see https://gohugo.io/getting-started/directory-structure/
 * @see https://vite.dev/guide/assets.html#the-public-directory
 * @see https://v1.vuepress.vuejs.org/guide/assets.html#public-files
 * @see https://www.mkdocs.org/user-guide/configuration/#docs_dir
 * @see https://hexo.io/docs/setup
 */
const SERVED_FOLDERS = [
  'static/',
  'public/',
  'assets/',
  '.vuepress/public/',
  'docs/.vuepress/public/',
  'docs/public/',
  'docs/',
  'source/',
  'src/',
  'content/',
];

/** Configuration files of generators that serve the site folder itself: Jekyll, Quarto, Sphinx. */
const CONFIGS = ['_config.yml', '_quarto.yml', 'conf.py'];

/**
 * Aliases of the site folder in Docusaurus and bundlers, and the Docusaurus prefix that keeps a path
 * unchanged.
 */
const SITE = /^(?:@site|pathname:\/\/|[@~])(?=\/)/;

/** Braces without nested braces and template tags: JSX, Liquid, Jinja, Vue, Pelican. */
const EXPRESSION = /\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[^{}]*\}/g;
const QUOTED = /(["'`])([^"'`]*)\1/;

/** A target as a site generator reads it. */
export interface SiteTarget {
  /** The path to look up; null if only the site generator can compute it. */
  readonly path: string | null;
  /** Whether the path may also start at the site folder, not only at a served folder. */
  readonly fromSite: boolean;
  /** Whether the path is computed when the site is built. If so, a file that is not found may still exist. */
  readonly isComputed: boolean;
}

/**
 * Reads a target as site generators do. An expression in braces is replaced with the string in it
 * (`{require("./a.png").default}`, `{{ "/a.png" | relative_url }}`), or with '' if it has none
 * (`{{ site.baseurl }}/a.png`, `{static}/a.png`).
 */
export function siteTarget(target: string, syntax: EmbedSyntax): SiteTarget {
  if (syntax === 'wiki') return { path: target, fromSite: false, isComputed: false };
  const plain = target.replace(EXPRESSION, (expression) => QUOTED.exec(expression)?.[2] ?? '');
  const isComputed = plain !== target;
  const path = plain.replace(SITE, '');
  return { path: path === '' && isComputed ? null : path, fromSite: path !== plain, isComputed };
}

/**
 * Yields the files that a root-relative site path may refer to, most likely first: for each folder from the
 * folder of the note up to the root of the vault, the paths that a site in it would serve.
 * @param path starts with `/`
 * @param folder folder of the note: `''` or `a/b/`
 * @param fromSite whether the path may also start at the site folder itself
 * @param has whether a file exists in the vault
 */
export function* servedPaths(
  path: string,
  folder: string,
  fromSite: boolean,
  has: (path: string) => boolean,
): Generator<string> {
  const name = path.slice(1);
  for (let site = folder; ; site = site.slice(0, site.lastIndexOf('/', site.length - 2) + 1)) {
    if (fromSite || CONFIGS.some((config) => has(site + config))) yield site + name;
    for (const served of SERVED_FOLDERS) yield site + served + name;
    if (site === '') return;
  }
}
