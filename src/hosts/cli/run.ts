import process from 'node:process';
import { main } from './main.ts';

// A reader such as `head` may close the pipe early. That is not an error, and must not interrupt a batch.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

process.exitCode = await main(process.argv);
