/** Where the workspace keeps the batch that runs or is paused. */
export const BATCH_KEY = 'notesight.batch';
