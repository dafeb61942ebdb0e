import { type ExtensionContext, Uri, workspace } from 'vscode';
import type { TextFile } from '../../../core/ask/conversation-store.ts';
import { shortHash } from '../../../core/text/short-hash.ts';
import type { OpenVault } from '../adapters/vaults.ts';

/**
 * Where the conversations about the notes of a vault are stored on this machine; outside the vault, so that questions
 * are not shared with a repository.
 */
export function conversationFile(
  { globalStorageUri }: Pick<ExtensionContext, 'globalStorageUri'>,
  vault: OpenVault,
): TextFile {
  const file = Uri.joinPath(globalStorageUri, `conversations-${shortHash(vault.root)}.json`);
  return {
    read: async () =>
      workspace.fs.readFile(file).then(
        (bytes) => new TextDecoder().decode(bytes),
        () => '',
      ),
    async write(text) {
      const spare = file.with({ path: `${file.path}.new` });
      await workspace.fs.createDirectory(globalStorageUri);
      await workspace.fs.writeFile(spare, new TextEncoder().encode(text));
      await workspace.fs.rename(spare, file, { overwrite: true });
    },
  };
}
