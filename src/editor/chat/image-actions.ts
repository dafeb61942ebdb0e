import { imageAt } from '../../core/note/image-at.ts';
import type { ChatActions } from '../../ui/chat/chat-state.ts';
import type { ChatDetections } from './chat-detections.ts';
import type { ChatNote } from './chat-host.ts';
import type { ChatNoteImages } from './chat-note-images.ts';
import type { ChatSelection } from './chat-selection.ts';
import type { NoteChatPorts } from './note-chat-ports.ts';

export type ImageActions = Pick<
  ChatActions,
  | 'choose'
  | 'chooseAtCursor'
  | 'pin'
  | 'addFiles'
  | 'addFromVault'
  | 'setRegion'
  | 'detectObjects'
  | 'stopDetection'
  | 'reveal'
>;

/** The parts of a conversation that know its images. */
export interface ImageParts {
  readonly images: ChatNoteImages;
  readonly selection: ChatSelection;
  readonly detections: ChatDetections;
}

/** Carries out the actions on images: selecting, adding, showing, and detecting objects in them. */
export function createImageActions(
  note: ChatNote,
  { host, words, dropped }: Pick<NoteChatPorts, 'host' | 'words' | 'dropped'>,
  { images, selection, detections }: ImageParts,
): ImageActions {
  async function reveal(number: number): Promise<void> {
    const file = selection.fileOf(number);
    await images.refresh();
    const image = images.current.find((each) => each.file === file);
    if (image !== undefined) await host.show(note, image.embed.from, image.embed.to);
    else if (file !== undefined && host.urlOf(file) !== null) await host.openImage(note, file);
  }

  return {
    choose: selection.choose,
    pin: selection.pin,
    setRegion: selection.setRegion,
    chooseAtCursor() {
      const editor = host.editorOf(note);
      const markdown = editor?.text() ?? '';
      const embed = editor === null ? null : imageAt(markdown, editor.selection().to);
      const image = images.read(markdown).find(({ embed: each }) => each.target === embed?.target);
      if (image === undefined) host.tell(words.notices.noImages);
      else selection.chooseOnly(image.file);
    },
    addFiles(files) {
      void dropped.add(files).then(selection.add);
    },
    addFromVault() {
      host.pickImage(note, (file) => {
        selection.add([file]);
      });
    },
    detectObjects(number) {
      const file = selection.fileOf(number);
      if (file !== undefined) void detections.find(file, images.contextOf(file).language);
    },
    stopDetection() {
      detections.leave();
    },
    reveal: (number) => void reveal(number),
  };
}
