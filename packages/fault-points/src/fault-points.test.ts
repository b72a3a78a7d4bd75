import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createFaultPoints, FaultPointError, InvalidFaultError, noFaults } from './fault-points.js';

const built = fileURLToPath(new URL('../dist/index.js', import.meta.url));

/** A process that reaches a point twice and says so. */
function startProgram(orders: string) {
  const program = `
    import { createFaultPoints } from ${JSON.stringify(built)};
    const faultPoint = createFaultPoints(${JSON.stringify(orders)});
    const alive = setInterval(() => undefined, 1_000);
    for (const time of [1, 2]) {
      await faultPoint('chunk.claimed');
      console.log('past', time);
    }
    clearInterval(alive);`;
  return spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

describe('fault points', () => {
  it('do nothing when nothing is ordered, or something else', async () => {
    expect(createFaultPoints(undefined)).toBe(noFaults);
    await createFaultPoints('chunk.claimed=fail')('chunk.committed');
  });

  it('fail once, the time that was ordered', async () => {
    const faultPoint = createFaultPoints('chunk.claimed=fail@2, chunk.committed=fail');
    await faultPoint('chunk.claimed');
    await expect(faultPoint('chunk.claimed')).rejects.toThrow(FaultPointError);
    await faultPoint('chunk.claimed');
    await expect(faultPoint('chunk.committed')).rejects.toThrow('A test ordered chunk.committed to fail');
  });

  it.each(['chunk.claimed', 'chunk.claimed=explode', 'nowhere=kill', 'chunk.claimed=kill@0', ''])(
    'refuse the order %j',
    (order) => {
      expect(() => createFaultPoints(order)).toThrow(InvalidFaultError);
    },
  );

  it('kill the process, with nothing after', async () => {
    const program = startProgram('chunk.claimed=kill@2');
    let output = '';
    program.stdout.on('data', (piece) => (output += String(piece)));
    const [code, signal] = await once(program, 'close');
    expect({ code, signal, output }).toEqual({ code: null, signal: 'SIGKILL', output: 'past 1\n' });
  });

  it('pause the process until it is told to go on', async () => {
    const program = startProgram('chunk.claimed=pause');
    let output = '';
    program.stdout.on('data', (piece) => {
      output += String(piece);
      if (output === '{"fault":"chunk.claimed"}\n') program.kill('SIGUSR2');
    });
    expect(await once(program, 'close')).toEqual([0, null]);
    expect(output).toBe('{"fault":"chunk.claimed"}\npast 1\npast 2\n');
  });
});
