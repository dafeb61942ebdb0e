/** The commands; the manifest prefixes them with `notesight.`. */
export const COMMANDS = [
  'captionImage',
  'captionFile',
  'captionFolder',
  'captionWorkspace',
  'captionImageFile',
  'describeAgain',
  'refine',
  'describeUnder',
  'copyDescription',
  'ask',
  'askImage',
  'clearConversations',
  'summarize',
  'findImage',
  'showUncaptioned',
  'undo',
  'stop',
  'resume',
  'testServer',
  'chooseModel',
  'pullModel',
  'setToken',
  'setWebKey',
  'installRecognizers',
  'removeRecognizers',
  'showLog',
  'openSample',
  'menu',
] as const;

export type CommandName = (typeof COMMANDS)[number];

/** What each command runs, with the arguments that VS Code passes. */
export type CommandHandlers = Readonly<
  Record<CommandName, (...args: readonly unknown[]) => Promise<void> | void>
>;
