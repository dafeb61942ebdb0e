import type { Setting } from 'obsidian';
import type { NotesightError } from '../../../core/errors.ts';
import type { Explanation } from '../../../core/messages/explain.ts';
import type { SkippedImages } from '../../../core/storage/skipped-images.ts';
import type { Words } from '../messages/en.ts';
import { showError } from '../show-error.ts';
import { addIconButton } from './icon-button.ts';

export interface SkippedImagesPorts {
  readonly words: Words;
  readonly explain: (error: NotesightError) => Explanation;
  readonly skipped: () => Promise<SkippedImages>;
}

/** Lists the images that the user left out one by one, with a button to include each again. */
export function showSkippedImages(setting: Setting, ports: SkippedImagesPorts): void {
  const { words, explain, skipped } = ports;
  const labels = words.settings.skipped;
  const { review } = words;
  setting.settingEl.addClass('notesight-two-lines');
  const list = setting.controlEl.createDiv({ cls: 'notesight-headers' });

  const draw = (images: SkippedImages) => {
    list.empty();
    const all = images.list();
    if (all.length === 0) list.createSpan({ cls: 'notesight-suggestion-more', text: labels.none });
    for (const { file, reason } of all) {
      const row = list.createDiv({ cls: 'notesight-header' });
      row.createSpan({ text: file });
      row.createSpan({ cls: 'notesight-suggestion-more', text: review[reason] });
      addIconButton(row, 'x', labels.include(file), () => {
        report(
          images.set([file], null).then(() => {
            draw(images);
            // The button with the focus is gone.
            list.querySelector('button')?.focus();
          }),
        );
      });
    }
  };
  const report = (work: Promise<void>) => {
    work.catch((error: unknown) => {
      showError(error, explain);
    });
  };
  report(skipped().then(draw));
}
