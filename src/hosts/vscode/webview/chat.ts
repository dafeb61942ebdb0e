import { chatEn } from '../../../ui/chat/chat-en.ts';
import { createChatPanel } from '../../../ui/chat/chat-panel.ts';
import { chatRu } from '../../../ui/chat/chat-ru.ts';
import type { ChatActions, ChatState } from '../../../ui/chat/chat-state.ts';
import type { FromPage, SentFile, ToPage } from '../chat/chat-messages.ts';

/** What VS Code gives the page. */
declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): unknown;
  setState(state: PageState): void;
};

/** What the page finds again after it was hidden. */
interface PageState {
  readonly draft: string;
}

const vscode = acquireVsCodeApi();
/** Of the files that were dropped, by what stands for them in the state. */
const dropped = new Map<string, string>();
let state: ChatState | null = null;

const act =
  <Name extends Exclude<keyof ChatActions, 'addFiles'>>(name: Name) =>
  (...args: Parameters<ChatActions[Name]>): void => {
    vscode.postMessage({ type: 'act', name, args } as unknown as FromPage);
  };

async function addFiles(files: readonly File[]): Promise<void> {
  const sent = files.map(async (file): Promise<SentFile> => ({
    name: file.name,
    type: file.type,
    bytes: new Uint8Array(await file.arrayBuffer()),
  }));
  vscode.postMessage({ type: 'act', name: 'addFiles', args: [await Promise.all(sent)] });
}

const panel = createChatPanel(document.body, document.documentElement.lang === 'ru' ? chatRu : chatEn, {
  ask: act('ask'),
  stop: act('stop'),
  askAgain: act('askAgain'),
  edit: act('edit'),
  copy: act('copy'),
  insert: act('insert'),
  startAnew: act('startAnew'),
  choose: act('choose'),
  chooseAtCursor: act('chooseAtCursor'),
  pin: act('pin'),
  addFiles: (files) => void addFiles(files),
  addFromVault: act('addFromVault'),
  setRegion: act('setRegion'),
  locate: act('locate'),
  stopLocating: act('stopLocating'),
  reveal: act('reveal'),
  openLink: act('openLink'),
});

function show(): void {
  if (state === null) return;
  const images = state.images.map((image) => ({
    ...image,
    source: dropped.get(image.source) ?? image.source,
  }));
  panel.show({ ...state, images });
  keepDraft();
}

function keepDraft(): void {
  vscode.setState({ draft: panel.draft });
}

const kept = vscode.getState();
if (typeof kept === 'object' && kept !== null && 'draft' in kept && typeof kept.draft === 'string') {
  panel.draft = kept.draft;
}
document.body.addEventListener('input', keepDraft);
window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  switch (data.type) {
    case 'state':
      state = data.state;
      break;
    case 'focus':
      panel.focus();
      return;
    case 'dropped': {
      const { bytes, type } = data.file;
      dropped.set(data.source, URL.createObjectURL(new Blob([bytes], { type })));
      break;
    }
  }
  show();
});
vscode.postMessage({ type: 'ready' });
