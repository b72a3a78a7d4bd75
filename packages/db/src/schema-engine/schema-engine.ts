import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { migrationAdapterFactory } from './migration-adapter.js';

/**
 * Runs `work` with Prisma's schema engine, in its WebAssembly build from npm. The Prisma CLI downloads a binary instead,
 * which is not possible behind every firewall.
 */
export async function withSchemaEngine<T>(
  connectionString: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loading ??= load();
  await loading;
  // One connection that is never given back: the engine takes its advisory lock (72707369, the same as
  // `prisma migrate deploy`) for the session, and leaves it to the end of the session to release it.
  const pool = new pg.Pool({ connectionString, max: 1, idleTimeoutMillis: 0 });
  pool.on('error', () => undefined);
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(migrationAdapterFactory(pool));
    const engine = await bindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

let loading: Promise<void> | undefined;

/** Loads the WebAssembly module, as the package's own entry does for bundlers. Node cannot import WebAssembly by itself yet. */
async function load(): Promise<void> {
  const entry = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  const code = await readFile(entry.replace(/\.js$/, '.wasm'));
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
        throw new Error(`Prisma's schema engine broke down: ${message}`);
      },
    },
  });
  const { instance } = await WebAssembly.instantiate(code, {
    './schema_engine_bg.js': bindingsWithoutTimers(),
  });
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
}

/**
 * The engine limits the wait for its lock by a timer of 10 s, which it never clears. Unless the timer is unreferenced, every
 * process that migrates stays alive for that long after its work is done.
 */
function bindingsWithoutTimers(): Record<string, unknown> {
  const timerNames = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout_'));
  const letGo = (callback: () => void, milliseconds: number): NodeJS.Timeout =>
    setTimeout(callback, milliseconds).unref();
  return { ...bindings, ...Object.fromEntries(timerNames.map((name) => [name, letGo])) };
}
