import type { LocalPostgres } from '@pledgeline/local-services';
import { forgetImport, freshDatabase, presentTables, type Side, withClient } from './bench-database.js';
import type { ImportOptions } from './import-options.js';
import { type Latencies, probe } from './probe.js';
import { startSystem } from './running-system.js';
import { sendFile } from './send-file.js';
import { countRows, importTables, type RowCounts } from './tables.js';

/** What one import took, and what it left. */
export interface ImportRun {
  /** From the first byte to `COMPLETED`. */
  readonly importMs: number;
  /** From the first byte to the answer of the POST. */
  readonly receivedMs: number;
  readonly againMs: number | null;
  readonly apiPeakMb: number;
  readonly workerPeakMb: number;
  readonly latencies: Latencies | null;
}

export interface ImportSetup {
  readonly postgres: LocalPostgres;
  readonly file: string;
  /** What API and workers do first, as those of a service that has been running have. */
  readonly warmUp: string;
  readonly options: ImportOptions;
}

interface Contender {
  readonly side: Side;
  /** The folder of its programs. */
  readonly root: string;
  /** Called when the file is imported, before it is sent again. */
  readonly keepRows?: (connectionString: string) => Promise<void>;
}

/** Imports the file once, on a fresh database. */
export async function measureImport(
  { postgres, file, warmUp, options }: ImportSetup,
  workers: number,
  { side, root, keepRows }: Contender,
): Promise<{ readonly run: ImportRun; readonly counts: RowCounts }> {
  const connectionString = await freshDatabase(postgres, side, side);
  const system = await startSystem(root, connectionString, { ...options, workers });
  try {
    await sendFile(system, warmUp, 'Warm-up');
    await forgetImport(connectionString);
    const sending = sendFile(system, file, 'Bench');
    const latencies = options.probe ? await probe(system, sending) : null;
    const { completedMs, receivedMs } = await sending;
    const counts = await withClient(connectionString, async (client) =>
      countRows(client, await presentTables(client, importTables)),
    );
    await keepRows?.(connectionString);
    const againMs = options.again ? (await sendFile(system, file, 'Bench')).completedMs : null;
    const peaks = await system.peaks();
    const run = {
      importMs: completedMs,
      receivedMs,
      againMs,
      apiPeakMb: peaks.api,
      workerPeakMb: peaks.worker,
      latencies,
    };
    return { run, counts };
  } finally {
    await system.stop();
  }
}
