import { hostname } from 'node:os';
import process from 'node:process';
import { errnoOf } from './errno.ts';

/** Names this process among those of all machines. */
export function thisProcess(): string {
  return `${hostname()} ${process.pid}`;
}

/** Whether a process that `thisProcess` named has ended; false for one of another machine, or of unknown name. */
export function hasProcessEnded(name: string): boolean {
  const [host, pid = ''] = name.split(' ');
  if (host !== hostname() || !/^\d+$/.test(pid)) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return errnoOf(error) === 'ESRCH';
  }
}
