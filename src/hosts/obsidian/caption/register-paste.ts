import type { Editor, MarkdownFileInfo, Plugin } from 'obsidian';
import type { Services } from '../services.ts';
import type { ImageQueue } from './image-queue.ts';
import { createPasteQuestion } from './paste-question.ts';
import { createPasteWatch } from './pasted-images.ts';

/**
 * Captions pasted and dropped images, after a question if the settings require one. Watches paste and drop events
 * without handling them; Obsidian or another plugin does. Call when the layout is ready: before, Obsidian reports
 * existing files as created.
 * @param always turns the question off
 */
export function registerPaste(
  plugin: Plugin,
  { settings, words, files, editors }: Services,
  queue: ImageQueue,
  always: () => void,
): void {
  const { app } = plugin;
  const { vault, workspace } = app;
  const question = createPasteQuestion(words, {
    caption: (pasted) => void queue.caption(pasted),
    always,
  });
  const watch = createPasteWatch(app, files, editors, (pasted) => {
    if (settings().paste === 'ask') question.ask(pasted);
    else void queue.caption(pasted);
  });
  const expect = (data: DataTransfer | null, info: MarkdownFileInfo) => {
    const images = [...(data?.files ?? [])].filter(({ type }) => type.startsWith('image/')).length;
    if (images > 0 && info.file !== null && settings().paste !== 'off') watch.expect(info.file, images);
  };
  const onPaste = (event: ClipboardEvent, _editor: Editor, info: MarkdownFileInfo) => {
    expect(event.clipboardData, info);
  };
  const onDrop = (event: DragEvent, _editor: Editor, info: MarkdownFileInfo) => {
    expect(event.dataTransfer, info);
  };
  plugin.registerEvent(workspace.on('editor-paste', onPaste));
  plugin.registerEvent(workspace.on('editor-drop', onDrop));
  plugin.registerEvent(vault.on('create', watch.created));
  plugin.register(question.close);
}
