/** The README of the extension: docs/vscode-marketplace.md with links that work on the extension's page. */
export function extensionReadme(): string;
