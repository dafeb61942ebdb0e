import { type App, ConfirmationModal } from 'obsidian';
import type { DetailCost } from '../../../core/caption/fine-detail.ts';
import type { Words } from '../messages/en.ts';

/** Asks whether detailed analysis is worth its cost, once per job, even if parts of the job run again. */
export function createDetailQuestion(
  app: App,
  { fineDetail }: Words,
): { readonly agree: (cost: DetailCost) => Promise<boolean> } {
  let answer: Promise<boolean> | null = null;
  return {
    agree: (cost) =>
      (answer ??= new Promise((resolve) => {
        const question = new ConfirmationModal(app);
        let agreed = false;
        question.setTitle(fineDetail.title);
        question.contentEl.createEl('p', { text: fineDetail.question(cost) });
        question.addButton((button) =>
          button.setButtonText(fineDetail.look).onClick(() => {
            agreed = true;
          }),
        );
        question.addCancelButton(fineDetail.whole);
        question.setCloseCallback(() => {
          resolve(agreed);
        });
        question.open();
      })),
  };
}
