import type { ChatActions } from './chat-state.ts';

/** An action of the user, with its arguments. */
export type Act = <Name extends keyof ChatActions>(name: Name, args: Parameters<ChatActions[Name]>) => void;

/** Implements all actions of the panel by forwarding their names and arguments. */
export function chatActions(act: Act): ChatActions {
  const handOn =
    <Name extends keyof ChatActions>(name: Name) =>
    (...args: Parameters<ChatActions[Name]>): void => {
      act(name, args);
    };
  return {
    ask: handOn('ask'),
    stop: handOn('stop'),
    askAgain: handOn('askAgain'),
    edit: handOn('edit'),
    copy: handOn('copy'),
    showSent: handOn('showSent'),
    insert: handOn('insert'),
    switchVersion: handOn('switchVersion'),
    startNew: handOn('startNew'),
    rename: handOn('rename'),
    saveAsNote: handOn('saveAsNote'),
    chooseModel: handOn('chooseModel'),
    openPast: handOn('openPast'),
    deletePast: handOn('deletePast'),
    undo: handOn('undo'),
    usePrompt: handOn('usePrompt'),
    setDraft: handOn('setDraft'),
    setEdit: handOn('setEdit'),
    choose: handOn('choose'),
    chooseAtCursor: handOn('chooseAtCursor'),
    pin: handOn('pin'),
    addFiles: handOn('addFiles'),
    addFromVault: handOn('addFromVault'),
    analyze: handOn('analyze'),
    stopAnalysis: handOn('stopAnalysis'),
    includeNote: handOn('includeNote'),
    includeSelection: handOn('includeSelection'),
    findNotes: handOn('findNotes'),
    includeOther: handOn('includeOther'),
    setRegion: handOn('setRegion'),
    detectObjects: handOn('detectObjects'),
    stopDetection: handOn('stopDetection'),
    reveal: handOn('reveal'),
    openLink: handOn('openLink'),
  };
}
