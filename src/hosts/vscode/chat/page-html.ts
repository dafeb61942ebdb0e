import { randomBytes } from 'node:crypto';
import { Uri, type Webview } from 'vscode';

/** Where the build puts what the page loads. */
export const pageFolder = (extension: Uri): Uri => Uri.joinPath(extension, 'dist', 'vscode', 'webview');

/**
 * The page of the panel: nothing loads but our script, our styles, and images of the workspace.
 * @param language of the words, BCP 47
 */
export function pageHtml(webview: Webview, extension: Uri, language: string): string {
  const nonce = randomBytes(16).toString('base64');
  const file = (name: string) => webview.asWebviewUri(Uri.joinPath(pageFolder(extension), name)).toString();
  const policy = [
    "default-src 'none'",
    `img-src ${webview.cspSource} blob:`,
    `style-src ${webview.cspSource}`,
    `script-src 'nonce-${nonce}'`,
  ].join('; ');
  return `<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="${policy}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="stylesheet" href="${file('chat-style.css')}">
  </head>
  <body>
    <script nonce="${nonce}" src="${file('chat.js')}"></script>
  </body>
</html>`;
}
