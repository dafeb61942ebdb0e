import { hostname } from 'node:os';
import process from 'node:process';
import { errnoOf } from './errno.ts';

/** Identifies this process across machines. */
export function thisProcess(): string {
  return `${hostname()} ${process.pid}`;
}

/** Whether a process named by `thisProcess` has ended; false if it runs on another machine or its name is unknown. */
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
