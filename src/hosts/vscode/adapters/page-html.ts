import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** Where the build writes the files of the webviews. */
export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist', 'vscode', 'webview');

/** What a page consists of. The names are those of files in `pageFolder`. */
export interface PageParts {
  readonly script: string;
  readonly style: string;
  /** Language of the text, as a BCP 47 tag. */
  readonly language: string;
  /** Where images may come from besides the workspace. */
  readonly images: 'blob:' | 'data:';
  /** A script that the page imports on first use, by the `data-module` of its body; null if there is none. */
  readonly module: string | null;
}

/** The HTML of a webview. It loads only the bundled scripts and styles, and images of the workspace. */
export function pageHtml(webview: Webview, extension: Uri, parts: PageParts): string {
  const { script, style, language, images, module } = parts;
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(pageFolder(extension), name)).toString();
  const moduleUrl = module === null ? '' : file(module);
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} ${images}`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}' ${moduleUrl}`.trim(),
  ].join('; ');
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${file(style)}">
  </head>
  <body data-module="${moduleUrl}">
    <script nonce="${nonce}" src="${file(script)}"></script>
  </body>
</html>`;
}
