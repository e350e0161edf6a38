/** How PGlite is started: the same in the worker as where the sample is made. */
import { PGlite } from '@electric-sql/pglite';

/**
 * PostgreSQL's defaults are for a server. 128 MB of shared buffers cost 50 ms and 120 MB of memory at every start;
 * old segments of the write-ahead log are removed, for the sample is copied with all that lies about.
 * PGlite does not look at the parameters of the startup message, so that the application's name is set here.
 */
const SETTINGS = [
  'shared_buffers=16MB',
  'wal_recycle=off',
  'min_wal_size=2MB',
  'application_name=pgask',
];

/** Opens a data directory; where there is none, it is made as initdb does. */
export async function openPglite(directory: string): Promise<PGlite> {
  return await PGlite.create({
    dataDir: directory,
    startParams: [...PGlite.defaultStartParams, ...SETTINGS.flatMap((setting) => ['-c', setting])],
    initDbStartParams: ['--wal-segsize=1', '--no-instructions'],
  });
}
