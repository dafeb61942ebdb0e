import { type Position, ProgressLocation, type TextDocument, window } from 'vscode';
import { findImages } from '../../../core/note/find-images.ts';
import { refineInNote } from '../../../editor/refine-in-note.ts';
import { abortSignal } from '../adapters/abort-signal.ts';
import type { Services } from '../services.ts';
import type { FindImageInNote } from './image-in-note.ts';

/** Asks for feedback on the alt text at a position in a note, and writes the refined text. */
export type RefineAt = (document: TextDocument, position: Position) => Promise<void>;

/** @param written called when the text was written */
export function createRefineAt(
  { words, workOf, showError }: Services,
  findImage: FindImageInNote,
  written: () => void,
): RefineAt {
  /** What was typed and led to no new text yet, for the next time. */
  let typed = '';

  async function askForFeedback(alt: string): Promise<string> {
    const feedback = await window.showInputBox({
      title: words.refine.title,
      prompt: alt,
      placeHolder: words.review.feedbackExamples,
      value: typed,
      ignoreFocusOut: true,
      validateInput(value) {
        typed = value;
        return null;
      },
    });
    return feedback?.trim() ?? '';
  }

  return async (document, position) => {
    const image = await findImage(document, position);
    if (image === null) return;
    const { embed, note, vault } = image;
    if (embed.alt === '') {
      void window.showInformationMessage(words.refine.noText);
      return;
    }
    const markdown = document.getText();
    const feedback = await askForFeedback(embed.alt);
    if (feedback === '') return;
    const { captioner } = workOf(vault);
    const read = { note, markdown, embeds: findImages(markdown) };
    const found = read.embeds.find(({ from }) => from === embed.from) ?? embed;
    const refined = { file: image.file ?? embed.target, read, embed: found, alt: embed.alt, feedback };
    const progress = {
      location: ProgressLocation.Notification,
      title: words.review.refining,
      cancellable: true,
    };
    try {
      await window.withProgress(progress, (_progress, token) =>
        refineInNote(captioner, refined, abortSignal(token)),
      );
      typed = '';
      written();
    } catch (error) {
      showError(error);
    }
  };
}
