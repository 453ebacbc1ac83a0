import { spawn } from 'node:child_process';

// Runs an engine, and ends it when standard input closes, which the end of the parent process does in any way that it ends.
const [binary = '', ...args] = process.argv.slice(2);
const engine = spawn(binary, args, { stdio: ['ignore', 'ignore', 'inherit'] });
engine.on('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
engine.on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('close', () => engine.kill()).resume();
