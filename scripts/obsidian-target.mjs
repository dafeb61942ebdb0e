/** The oldest installer that runs today's Obsidian, and the web view of iOS 16. */
export const OBSIDIAN_TARGET = ['chrome120', 'safari16.4'];
