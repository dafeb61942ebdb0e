import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** Where the build writes the files of the webview. */
export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist', 'vscode', 'webview');

/**
 * The HTML of the panel. It loads only the bundled scripts and styles, and images of the workspace.
 * @param language language of the text, as a BCP 47 tag
 */
export function pageHtml(webview: Webview, extension: Uri, language: string): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(pageFolder(extension), name)).toString();
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} blob:`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}' ${file('rich-text.js')}`,
  ].join('; ');
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${file('chat-style.css')}">
  </head>
  <body data-rich-text="${file('rich-text.js')}">
    <script nonce="${nonce}" src="${file('chat.js')}"></script>
  </body>
</html>`;
}
