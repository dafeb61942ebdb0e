/** The type of the tabs with summaries, by which VS Code restores them. */
export const SUMMARY_PANEL = 'notesight.summary';
