import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lockFolder } from './folder-lock.js';

describe('The lock of a folder', () => {
  it('has one holder at a time', async () => {
    const folder = `/somewhere/${randomUUID()}`;
    const first = await lockFolder(folder);
    expect(first).not.toBeNull();
    expect(await lockFolder(folder)).toBeNull();
    await first?.release();
    const second = await lockFolder(folder);
    expect(second).not.toBeNull();
    await second?.release();
  });

  it('is free again when its holder was SIGKILLed', async () => {
    const folder = `/somewhere/${randomUUID()}`;
    const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
    const path = join(tmpdir(), `pledgeline-${name}.sock`);
    const script = `require('node:net').createServer().listen(${JSON.stringify(path)}, () => console.log('held'))`;
    const holder = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(holder.stdout, 'data');
    expect(await lockFolder(folder)).toBeNull();
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const lock = await lockFolder(folder);
    expect(lock).not.toBeNull();
    await lock?.release();
  });
});
