import process from 'node:process';
import { main } from './main.ts';

// A reader that has seen enough (`notesight … | head`) closes the pipe: that is no error, and no reason to leave
// a batch half done.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv);
