import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Where the helper of the window listens that a workspace is open in.
 * @param folder of all helpers of one VS Code
 * @param workspace absolute path of the folder or of the .code-workspace
 */
export function socketPath(folder: string, workspace: string): string {
  // A path of a socket may be no longer than a hundred letters.
  return join(folder, createHash('sha256').update(workspace).digest('hex').slice(0, 8));
}
