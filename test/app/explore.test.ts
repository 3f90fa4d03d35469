import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import { expect } from 'chai'
import { getPosition, getTopic, fund } from '../../sdk/src/index.ts'
import { serveChain } from '../../devnet/serveChain.ts'
import { freshFolder } from '../helpers/freshFolder.ts'
import { ONE, connection, settled } from '../helpers/network.ts'
import { startPostgres } from '../helpers/startPostgres.ts'

type Rows<row> = { rows: row[] }
type Card = { id: string; pool: string; skill: { rounds: number } }
type Round = { status: string }
type Movement = { kind: string; amount: string; transaction: string }

const DEPTH = 8
const EMBEDDED = 'the embedded database'

/** Where the tables may lie: embedded, or in a real PostgreSQL that `DATABASE_URL` names. */
const databases: Record<string, () => Promise<{ url: string; stop: () => Promise<void> }>> = {
  [EMBEDDED]: async () => ({ url: '', stop: async () => undefined }),
  'a PostgreSQL server': startPostgres,
}

for (const [name, open] of Object.entries(databases)) {
  describe(`auspex explore on ${name}`, function () {
    this.timeout(240_000)

    const request = (method: string, params: readonly unknown[] = []) =>
      connection.provider.request({ method, params: params as unknown[] })
    let chain: Awaited<ReturnType<typeof serveChain>>
    let network: Awaited<ReturnType<typeof settled>>
    let node: ChildProcess
    let url: string
    let database: Awaited<ReturnType<typeof startPostgres>>
    let origin: unknown

    const read = async <body>(path: string) =>
      (await fetch(`${url}/api${path}`)).json() as Promise<body>
    const movements = async () =>
      (await read<Rows<Movement>>(`/topics/${network.topic}/movements`)).rows

    /** Looks again until the page shows it. */
    async function until(isShown: () => Promise<boolean>): Promise<void> {
      while (!(await isShown())) await sleep(100)
    }

    before(async function () {
      const opened = await open().catch((error: Error) => {
        console.log(`      skipped: no database here, ${error.message.split('\n')[0]}`)
      })
      if (!opened) return this.skip()
      database = opened
      origin = await request('evm_snapshot')
      network = await settled()
      chain = await serveChain({ request: ({ method, params }) => request(method, params) })
      await start()
    })
    after(async () => {
      await stop()
      await chain?.close()
      if (origin) await request('evm_revert', [origin])
      await database?.stop()
    })

    /** Explores the chain from its first block, with tables in a folder of their own where no server has them. */
    async function start(): Promise<void> {
      const home = freshFolder('explore')
      const config = join(home, 'auspex.yaml')
      const id = Number(await request('eth_chainId'))
      const { address } = network.contract
      const lines = ['chain:', `  id: ${id}`, `  urls: [${chain.url}]`, `  network: '${address}'`]
      writeFileSync(config, lines.join('\n'))
      node = spawn(
        process.execPath,
        ['cli/src/main.ts', 'explore', '--json', '--verbose', '--config', config],
        {
          env: { ...process.env, HOME: home, DATABASE_URL: database.url },
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      )
      let errors = ''
      node.stderr!.setEncoding('utf8').on('data', (text: string) => (errors += text))
      const said = once(node.stdout!.setEncoding('utf8'), 'data')
      const ended = once(node, 'exit').then(() => {
        throw new Error(`It ended before it served anything.\n${errors}`)
      })
      ended.catch(() => undefined)
      const [line] = (await Promise.race([said, ended])) as [string]
      url = (JSON.parse(line) as { url: string }).url
    }
    async function stop(): Promise<void> {
      node?.kill('SIGTERM')
      if (node && node.exitCode === null) await once(node, 'exit')
    }
    /** All that the API says of the topic. */
    async function everything(): Promise<unknown[]> {
      const { topic } = network
      const kinds = ['', '/rounds', '/predictions', '/workers', '/movements', '/events']
      const paths = ['/topics', ...kinds.map((kind) => `/topics/${topic}${kind}`)]
      return Promise.all(paths.map((path) => read(path)))
    }

    it('serves the page and the document of its reads', async () => {
      expect(await (await fetch(url)).text()).to.include('id="app"')
      const { paths } = await read<{ paths: object }>('/openapi.json')
      expect(Object.keys(paths)).to.include('/topics/{topic}/rounds')
    })

    it('has the topic with its settled round, its pool and every stake as the chain has them', async () => {
      const { topic, keeper, workers } = network
      // What is not final when the indexer starts comes block by block.
      await until(async () => (await read<Rows<Card>>('/topics')).rows[0]?.skill.rounds === 1)
      await until(
        async () =>
          (await read<Rows<Round>>(`/topics/${topic}/rounds`)).rows[0]?.status === 'settled',
      )
      const [card] = (await read<Rows<Card>>('/topics')).rows
      expect(card!.id).to.equal(topic)
      expect(BigInt(card!.pool)).to.equal((await getTopic(keeper, { topic })).pool)
      const { rows } = await read<Rows<{ worker: string; stake: string }>>(
        `/topics/${topic}/workers`,
      )
      expect(rows).to.have.length(workers.length)
      for (const { account } of workers) {
        const row = rows.find(({ worker }) => worker === account!.toLowerCase())
        const { stake } = await getPosition(keeper, { topic, worker: account! })
        expect(BigInt(row!.stake)).to.equal(stake)
      }
    })

    it('shows what happens next, and forgets it when the chain does', async () => {
      const { topic, creator } = network
      const before = await movements()
      const snapshot = await request('evm_snapshot')

      await fund(creator, { topic, amount: ONE })
      for (let i = 1; i < DEPTH; i++) await request('evm_mine')
      await until(async () => (await movements()).length === before.length + 1)
      const [latest] = await movements()
      expect(latest).to.include({ kind: 'funded', amount: `${ONE}` })

      await request('evm_revert', [snapshot])
      // Other blocks, and one more of them.
      await request('evm_increaseTime', [7])
      for (let i = 0; i <= DEPTH; i++) await request('evm_mine')
      // Blocks that stay are applied again where the indexer went back further than it had to.
      const pool = async () => BigInt((await read<Rows<Card>>('/topics')).rows[0]!.pool)
      const settledPool = (await getTopic(creator, { topic })).pool
      await until(async () => (await movements()).length === before.length)
      await until(async () => (await pool()) === settledPool)
      expect(await movements()).to.deep.equal(before)
    })

    if (name === EMBEDDED)
      it('has the same rows where it begins anew at block zero', async () => {
        const before = await everything()
        await stop()
        await start()
        await until(async () => isDeepStrictEqual(await everything(), before))
        expect(JSON.stringify(before)).to.include('"kind":"funded"')
      })
  })
}
