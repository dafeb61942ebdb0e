import { window } from 'vscode';
import { undoNewest } from '../../../editor/caption-actions.ts';
import { undoCounts } from '../../../editor/messages/counts.ts';
import { openVaults } from '../adapters/open-vaults.ts';
import type { Vaults } from '../adapters/vaults.ts';
import type { Services } from '../services.ts';

/** Undoes the last batch and reports the outcome. */
export async function undoLastBatch(
  { words, workOf, works, showError }: Services,
  vaults: Vaults,
): Promise<void> {
  try {
    for (const vault of await openVaults(vaults)) workOf(vault);
    const undone = await undoNewest(works().map(({ captioner }) => captioner));
    void window.showInformationMessage(
      undone === null ? words.notices.nothingToUndo : words.notices.undone(undoCounts(undone)),
    );
  } catch (error) {
    showError(error);
  }
}
