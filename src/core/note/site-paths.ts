import type { EmbedSyntax } from './image-embed.ts';

/**
 * The folders of a site whose files are served from its root, the likeliest first: Hugo, Docusaurus, Zola, Gatsby
 * (`static`); Vite, VitePress, Astro, Next.js, Nuxt (`public`); Hugo's pipes (`assets`); VuePress; MkDocs and GitHub
 * Pages (`docs`); Hexo (`source`); mdBook and the `@/` of bundlers (`src`); Pelican (`content`).
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

/** Configurations of sites whose own folder is the root: Jekyll, Quarto, Sphinx. */
const CONFIGS = ['_config.yml', '_quarto.yml', 'conf.py'];

/** What stands for the folder of the site: Docusaurus, bundlers; and what tells Docusaurus to leave a path alone. */
const SITE = /^(?:@site|pathname:\/\/|[@~])(?=\/)/;

/** Braces that hold no braces, and templates in two: JSX, Liquid, Jinja, Vue, Pelican. */
const EXPRESSION = /\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[^{}]*\}/g;
const QUOTED = /(["'`])([^"'`]*)\1/;

/** What a target says about the site that the note is a page of. */
export interface SiteTarget {
  /** The path to look for; null where only the site's generator knows it. */
  readonly path: string | null;
  /** Whether it begins at the folder of the site, and not only at what the site serves. */
  readonly fromSite: boolean;
  /** Whether it is computed when the site is built, so that a file that is not found need not be missing. */
  readonly isComputed: boolean;
}

/**
 * Reads a target as the generators of sites do: of an expression in braces, the string in it is the path
 * (`{require("./a.png").default}`, `{{ "/a.png" | relative_url }}`), and one without a string is nothing
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
 * The files that a path from a site's root may mean, the likeliest first: for each folder from the note's own up to
 * the vault's root, what a site there would serve.
 * @param path begins with `/`
 * @param folder of the note: `''` or `a/b/`
 * @param fromSite whether the path may also begin at the folder of the site itself
 * @param has whether the vault has a file
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
