/** The commands; the manifest prefixes them with `notesight.`. */
export const COMMANDS = [
  'captionImage',
  'captionFile',
  'captionFolder',
  'captionWorkspace',
  'describeAgain',
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
] as const;

export type CommandName = (typeof COMMANDS)[number];
