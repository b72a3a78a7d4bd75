import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isRunning } from './process-identity.js';
import { redisForTests } from './redis-for-tests.js';
import { type LocalRedis, startRedis } from './start-redis.js';

async function send(port: number, command: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`${command}\r\n`);
  const [answer]: readonly unknown[] = await once(socket, 'data');
  socket.destroy();
  return String(answer);
}

const redis = await startRedis();

describe.skipIf(redis === null)('a local Redis', () => {
  let server: LocalRedis;
  beforeAll(() => {
    if (redis !== null) server = redis;
  });
  afterAll(async () => {
    await redis?.stop();
  });

  it('answers, evicts no keys and saves nothing to disk', async () => {
    expect(await send(server.port, 'SET key value')).toBe('+OK\r\n');
    expect(await send(server.port, 'CONFIG GET maxmemory-policy')).toContain('noeviction');
    expect(await send(server.port, 'CONFIG GET save')).toMatch(/save\r\n\$0/);
  });

  it('starts again empty on the same port after a SIGKILL', async () => {
    const { pid, port } = server;
    await server.kill();
    expect(isRunning(pid)).toBe(false);
    await server.restart();
    expect(server.port).toBe(port);
    expect(await send(port, 'GET key')).toBe('$-1\r\n');
  });
});

describe('redisForTests', () => {
  it.skipIf(redis === null)('starts a server of its own if there is a binary', async () => {
    const found = await redisForTests({ REDIS_URL: 'redis://elsewhere:6379' });
    expect(found?.local?.url).toBe(found?.url);
    await found?.stop();
  });

  it('uses the Redis of REDIS_URL if there is no binary', async () => {
    vi.stubEnv('PATH', '/nowhere');
    try {
      const found = await redisForTests({ REDIS_URL: 'redis://elsewhere:6379' });
      expect(found).toMatchObject({ url: 'redis://elsewhere:6379', local: null });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it('prints a warning if there is no Redis at all', async () => {
    const warning = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    vi.stubEnv('PATH', '/nowhere');
    try {
      expect(await redisForTests({})).toBeNull();
      expect(String(warning.mock.calls[0]?.[0])).toContain('SKIPPED');
    } finally {
      vi.unstubAllEnvs();
      warning.mockRestore();
    }
  });
});
