import { Uri, window, workspace } from 'vscode';
import { isNoteDocument, type OpenVault, type Vaults } from './vaults.ts';

export function workspaceFolders(): Uri[] {
  return (workspace.workspaceFolders ?? []).map(({ uri }) => uri);
}

/** The vaults of the open folders and of the active note. */
export async function openVaults(vaults: Vaults): Promise<readonly OpenVault[]> {
  const places = workspaceFolders().map((folder) => Uri.joinPath(folder, 'note.md'));
  const active = window.activeTextEditor?.document;
  if (active !== undefined && isNoteDocument(active)) places.push(active.uri);
  return [...new Set(await Promise.all(places.map((place) => vaults.of(place))))];
}
