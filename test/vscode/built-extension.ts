import { fileURLToPath } from 'node:url';

/** The folder that VS Code loads the extension from: that of the project, where `npm run test:vscode` has built it. */
export const builtExtension = fileURLToPath(new URL('../../', import.meta.url));
