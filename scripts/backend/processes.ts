import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Ports that were handed out but are not listened on yet, so that two callers never get the same. */
const promised = new Set<number>();

/** `wanted` if nothing listens there, an error if something does; without `wanted`, any free port of 127.0.0.1. */
export async function freePort(wanted?: number): Promise<number> {
  for (;;) {
    const port = await listenOnce(wanted ?? 0);
    if (wanted !== undefined) return port;
    if (promised.has(port)) continue;
    promised.add(port);
    return port;
  }
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE' ? new Error(`Port ${port} is taken; choose another with --port.`) : error,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const bound = (server.address() as AddressInfo).port;
      server.close(() => resolve(bound));
    });
  });
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

export function runs(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null;
}

/** Ends a child by `signal`; by SIGKILL after `patience` milliseconds. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, patience = 10_000): Promise<void> {
  if (!runs(child)) return;
  const exited = once(child, 'exit');
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await exited;
  clearTimeout(timer);
}

/** Rejects when the child ends or cannot be started at all; made to race against what shows that it is ready. */
export function failure(child: ChildProcess, message: () => string): Promise<never> {
  const ended = new Promise<never>((_, reject) => {
    child.once('error', reject);
    child.once('exit', () => reject(new Error(message())));
  });
  ended.catch(() => undefined); // later, when it is ended on purpose, nobody listens
  return ended;
}

export function pidOf(child: ChildProcess): number {
  if (child.pid === undefined) throw new Error(`${child.spawnfile} did not start.`);
  return child.pid;
}

/** Runs a command to its end; throws with its output when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; uid?: number; gid?: number; cwd?: string } = {},
): Promise<{ stdout: string; stderr: string }> {
  const result = await runAny(command, args, options);
  if (result.code !== 0) {
    throw new Error(
      `${command} ${args.join(' ')} ended with ${result.code}:\n${result.stderr}${result.stdout}`,
    );
  }
  return result;
}

/** Like `run`, but a failure is an answer too. */
export async function runAny(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; uid?: number; gid?: number; cwd?: string } = {},
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { stdout, stderr, code };
}
