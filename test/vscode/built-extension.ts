import { fileURLToPath } from 'node:url';

/** The folder from which VS Code loads the extension: the project, built by `npm run test:vscode`. */
export const builtExtension = fileURLToPath(new URL('../../', import.meta.url));
