/** Key of the running or paused batch in the workspace storage. */
export const BATCH_KEY = 'notesight.batch';
