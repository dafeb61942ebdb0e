import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * The socket of the helper in the window of a workspace.
 * @param folder folder of all helpers of one VS Code
 * @param workspace absolute path of the folder or of the .code-workspace
 */
export function socketPath(folder: string, workspace: string): string {
  // A socket path is limited to about a hundred characters.
  return join(folder, createHash('sha256').update(workspace).digest('hex').slice(0, 8));
}
