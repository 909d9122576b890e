import { spawn } from 'node:child_process';

/**
 * Ends the given processes when this one dies without having done so, by SIGKILL for example: a small process reads a
 * pipe that only we hold open, and its end means that we are gone.
 */
export interface Watchdog {
  watch(pid: number, signal: NodeJS.Signals): void;
  dismiss(): void;
}

const guard = `
  const watched = [];
  let text = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (chunk) => {
    text += chunk;
    const lines = text.split('\\n');
    text = lines.pop();
    for (const line of lines) {
      if (line === 'dismiss') process.exit(0);
      watched.push(line.split(' '));
    }
  });
  process.stdin.on('end', () => {
    for (const [pid, signal] of watched) {
      try { process.kill(Number(pid), signal); } catch {}
    }
  });
`;

export function startWatchdog(): Watchdog {
  const child = spawn(process.execPath, ['--max-old-space-size=16', '-e', guard], {
    detached: true, // a Ctrl-C in the terminal must not reach it before us
    stdio: ['pipe', 'ignore', 'ignore'],
    env: {},
  });
  child.unref();
  child.on('error', () => undefined);
  child.stdin.on('error', () => undefined);
  (child.stdin as unknown as { unref?: () => void }).unref?.();
  return {
    watch: (pid, signal) => child.stdin.write(`${pid} ${signal}\n`),
    dismiss: () => child.stdin.end('dismiss\n'),
  };
}
