import { lstatSync, statfsSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname, resolve } from 'node:path'
import { createAuspex, getPosition, getTopic, getTurn, readLogs } from '@auspex/sdk'
import type { AuspexClient, TopicId } from '@auspex/sdk'
import { topicNetworkAbi } from '@auspex/sdk/abis'
import {
  coinFor,
  createLog,
  keystoreIn,
  lockFolder,
  openChain,
  modelName,
  openPredictor,
  openSource,
  OperatorError,
  requirePrivate,
} from '@auspex/workers'
import { getAbiItem } from 'viem'
import type { Address, PublicClient } from 'viem'
import { parseDocument } from 'yaml'
import { readFileSync } from 'node:fs'
import { readConfig } from '../config/readConfig.ts'
import { reputerConfig } from '../config/reputerConfig.ts'
import type { ReputerConfig } from '../config/reputerConfig.ts'
import { workerConfig } from '../config/workerConfig.ts'
import type { WorkerConfig } from '../config/workerConfig.ts'
import { modelFrom, sourceFrom } from '../config/paths.ts'
import { openKeys } from '../openAccount.ts'
import { toSeat } from '../toSeat.ts'

/** One thing that a node needs, what was found, and how to mend it. */
export type Examined = {
  name: string
  status: 'ok' | 'warn' | 'fail'
  found: string
  fix?: string
}

type Role = 'worker' | 'reputer'
type Check = (name: string, look: () => Promise<Found> | Found) => Promise<void>
/** In words what was found; an object where it should be mended. */
type Found = string | { status: 'warn' | 'fail'; found: string; fix: string }

const LEAST_BYTES = 100 * 2 ** 20
const MOST_SKEW = 30
const created = getAbiItem({ abi: topicNetworkAbi, name: 'TopicCreated' })

/** Looks at all that a node needs, without starting it; what hangs on something missing is passed over. */
export async function examine({
  file,
}: {
  file: string
}): Promise<{ role: Role; checks: Examined[] }> {
  const role = roleIn(file)
  const config =
    role === 'worker'
      ? readConfig({ file, schema: workerConfig })
      : readConfig({ file, schema: reputerConfig })
  const checks: Examined[] = []
  const check: Check = async (name, look) => {
    const found = await Promise.resolve()
      .then(look)
      .catch((error: Error) => faultOf(error))
    if (typeof found === 'string') checks.push({ name, status: 'ok', found })
    else checks.push({ name, ...found })
  }

  await check('configuration', () => `${file} is complete`)
  await check('node', runtimeFound)
  const address = await lookAtKey(check, { file, config })
  await lookAtFolder(check, { file, config })
  const client = await lookAtChain(check, { config })
  if (client) await lookAtMoney(check, { client, config, address })
  if ('model' in config) await lookAtWorker(check, { file, config, client, address })
  else if (client) await lookAtReputer(check, { file, config, client })
  await lookAtPort(check, config.http)
  return { role, checks }
}

function roleIn(file: string): Role {
  try {
    return parseDocument(readFileSync(file, 'utf8')).has('topics') ? 'reputer' : 'worker'
  } catch {
    return 'worker'
  }
}

/** What a check threw, as something to mend. */
function faultOf(error: Error): Exclude<Found, string> {
  const [found, ...rest] = error.message.split('\n')[0]!.split(/(?<=\.) (?=[A-Z])/)
  const fix = rest.join(' ') || 'Correct it and look again.'
  return { status: 'fail', found: found!.replace(/\.$/, ''), fix }
}

function runtimeFound(): Found {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 22 || (major === 22 && minor >= 13)) return process.versions.node
  return { status: 'fail', found: process.versions.node, fix: 'Install Node 22.13 or later.' }
}

/* KEY */

async function lookAtKey(
  check: Check,
  { file, config }: { file: string; config: WorkerConfig | ReputerConfig },
): Promise<Address | undefined> {
  const place = (path: string) => resolve(dirname(file), path)
  const { keystore, passwordFile } = config.keys
  let address: Address | undefined
  await check('keystore', () => {
    keystoreIn({ file: place(keystore) })
    return `${keystore} is a keystore that only its owner can read`
  })
  await check('password', () => {
    if (passwordFile === undefined) {
      return {
        status: 'warn',
        found: 'asked for at the terminal',
        fix: 'A node that restarts by itself needs keys.passwordFile.',
      }
    }
    requirePrivate({ file: place(passwordFile), what: 'password file' })
    return `${passwordFile} can be read by its owner alone`
  })
  if (passwordFile === undefined) return undefined
  await check('key', async () => {
    address = (await openKeys({ file, keys: config.keys })).account.address
    return `the password opens the key of ${address}`
  })
  return address
}

/* FOLDER */

async function lookAtFolder(
  check: Check,
  { file, config }: { file: string; config: WorkerConfig | ReputerConfig },
): Promise<void> {
  const folder = resolve(dirname(file), config.dataDir)
  const isThere = lstatSync(folder, { throwIfNoEntry: false }) !== undefined
  await check('data folder', () => {
    if (!isThere) return `${folder} will be made, and its journal listens for a round`
    if ((statSync(folder).mode & 0o077) === 0) return `${folder} is its owner’s alone`
    return {
      status: 'warn',
      found: `others may look into ${folder}`,
      fix: `Run: chmod 700 '${folder}'`,
    }
  })
  await check('lock', () => {
    if (!isThere) return 'nobody has it'
    try {
      lockFolder({ folder }).release()
      return 'nobody has it'
    } catch (error) {
      if (!(error instanceof OperatorError) || error.reason !== 'locked') throw error
      return { status: 'warn', found: 'a node runs in this folder', fix: 'Start no second one.' }
    }
  })
  await check('disk', () => {
    const { bavail, bsize } = statfsSync(isThere ? folder : dirname(resolve(file)))
    const free = bavail * bsize
    const found = `${Math.floor(free / 2 ** 20)} MiB free`
    if (free >= LEAST_BYTES) return found
    return { status: 'fail', found, fix: 'Make room: what cannot be written down is not said.' }
  })
}

/* CHAIN */

async function lookAtChain(
  check: Check,
  { config }: { config: WorkerConfig | ReputerConfig },
): Promise<AuspexClient | undefined> {
  const { chain } = config
  let publicClient: PublicClient | undefined
  for (const url of chain.urls) {
    await check(`endpoint ${new URL(url).host}`, async () => {
      const opened = await openChain({ ...chain, urls: [url] })
      publicClient ??= opened.publicClient
      return `serves chain ${chain.id}, and the network is on it`
    })
  }
  await check('second endpoint', () => {
    if (chain.urls.length > 1) return `${chain.urls.length} are named`
    return {
      status: 'warn',
      found: 'one endpoint is named',
      fix: 'Add one of another provider to chain.urls: where the only one is silent, nothing is revealed.',
    }
  })
  if (publicClient === undefined) return undefined

  const { id: chainId, network, fromBlock } = chain
  const client = await createAuspex({ network, fromBlock, chainId, publicClient })
  await check('clock', async () => {
    const { timestamp } = await client.public.getBlock()
    const skew = Math.floor(Date.now() / 1000) - Number(timestamp)
    if (Math.abs(skew) <= MOST_SKEW) return `${skew} s from the newest block`
    const fix = 'Set the clock by NTP; if it is right, the chain stands still.'
    return { status: 'warn', found: `${skew} s from the newest block`, fix }
  })
  await check('logs', async () => {
    const logs = await readLogs(client, { event: created, most: 1 })
    if (logs.length > 0) return `can be asked for from block ${fromBlock}`
    const fix = 'Correct chain.fromBlock, or use another endpoint.'
    return { status: 'fail', found: `no topic was ever created since block ${fromBlock}`, fix }
  })
  return client
}

async function lookAtMoney(
  check: Check,
  options: {
    client: AuspexClient
    config: WorkerConfig | ReputerConfig
    address: Address | undefined
  },
): Promise<void> {
  const { client, config, address } = options
  if (address === undefined) return
  const sendsAlone = !('reputers' in config) || config.reputers.length === 0
  const { warn, stop } = 'coin' in config ? config.coin : { warn: 50, stop: 1 }
  await check('coin', async () => {
    const coin = await coinFor(client.public, { address, seats: 256n, sendsAlone })
    if (coin === undefined) throw new Error('The chain does not say what coin there is.')
    const found = `for ${coin.roundsLeft} rounds at the fees of now`
    if (coin.roundsLeft >= warn) return found
    return {
      status: coin.roundsLeft < stop ? 'fail' : 'warn',
      found,
      fix: `Send coin to ${address}.`,
    }
  })
}

/* ROLES */

async function lookAtWorker(
  check: Check,
  options: {
    file: string
    config: WorkerConfig
    client: AuspexClient | undefined
    address: Address | undefined
  },
): Promise<void> {
  const { file, config, client, address } = options
  const { topic } = config
  if (client) await lookAtTopic(check, { client, topic })
  if (client && address) {
    await check('seat', async () => {
      const state = await getTopic(client, { topic })
      const { round } = await getTurn(client, { topic, times: state })
      const position = await getPosition(client, { topic, worker: address })
      const missing = toSeat({ topic, worker: address, position, state, round })
      if (missing === undefined) return `seat ${position.seat}`
      return { status: 'fail', found: 'none', fix: `Next: ${missing}.` }
    })
  }
  for (const url of config.reputers) await lookAtReputerOf(check, { url, topic })
  await check('reputers', () => {
    if (config.reputers.length > 0) return `${config.reputers.length} to hand predictions to`
    return {
      status: 'warn',
      found: 'none, so every round costs two transactions',
      fix: 'Name some in reputers.',
    }
  })
  await lookAtSource(check, { file, source: config.source })
  await check('model', async () => {
    const model = modelFrom({ file, model: config.model })
    const source = sourceFrom({ file, source: config.source })
    const log = createLog({ level: 'error' })
    const withinMs = Number(config.predictWithin) * 1000
    const predictor = openPredictor({
      ...config,
      fallback: undefined,
      model,
      source,
      withinMs,
      log,
    })
    try {
      const opened = await predictor.opened
      if (opened.status === 'refused') throw opened.error
      if (opened.backend === undefined) return `${modelName(model)}, which computes elsewhere`
      const { name, device, stepMs } = opened.backend
      return `${modelName(model)} on ${name} (${device}), a training step takes ${stepMs.toFixed(1)} ms`
    } finally {
      await predictor.close()
    }
  })
}

async function lookAtReputer(
  check: Check,
  { file, config, client }: { file: string; config: ReputerConfig; client: AuspexClient },
): Promise<void> {
  for (const { id, truth } of config.topics) {
    await lookAtTopic(check, { client, topic: id })
    if (truth.kind === 'report') await lookAtSource(check, { file, source: truth.source })
  }
}

async function lookAtTopic(
  check: Check,
  { client, topic }: { client: AuspexClient; topic: TopicId },
): Promise<void> {
  await check(`topic ${topic.slice(0, 10)}`, async () => {
    const times = await getTopic(client, { topic })
    const { round, phase } = await getTurn(client, { topic, times })
    return phase === 'pending' ? 'has not begun' : `round ${round}, phase ${phase}`
  })
}

async function lookAtReputerOf(
  check: Check,
  { url, topic }: { url: string; topic: TopicId },
): Promise<void> {
  await check(`reputer ${new URL(url).host}`, async () => {
    const fix = 'Ask its operator, or name another one in reputers.'
    try {
      const signal = AbortSignal.timeout(3000)
      const answer = await fetch(`${url.replace(/\/$/, '')}/status`, { signal, redirect: 'error' })
      const { topics = [] } = (await answer.json()) as { topics?: string[] }
      if (topics.includes(topic)) return 'serves the topic'
      return { status: 'warn', found: 'does not serve the topic', fix }
    } catch {
      return { status: 'warn', found: 'does not answer', fix }
    }
  })
}

async function lookAtSource(
  check: Check,
  { file, source }: { file: string; source: WorkerConfig['source'] },
): Promise<void> {
  await check('source', async () => {
    const opened = await openSource(sourceFrom({ file, source }))
    const history = await opened.read({ now: Date.now() / 1000 })
    if (history.length === 0) throw new Error(`${opened.name} has no row that is known by now.`)
    const { time } = history.at(history.length - 1)
    const found = `${history.length} rows, the newest of ${new Date(time * 1000).toISOString()}`
    const age = Date.now() / 1000 - time
    if (source.maxAge === undefined || age <= source.maxAge) return found
    return { status: 'fail', found: `${found}: stale`, fix: 'Look at what writes it.' }
  })
  await check('age of data', () => {
    if (source.maxAge !== undefined) return `at most ${source.maxAge} s`
    return {
      status: 'warn',
      found: 'any age is predicted from',
      fix: 'Say source.maxAge, such as 2d: then a frozen file is noticed.',
    }
  })
}

async function lookAtPort(
  check: Check,
  http: { host: string; port: number } | undefined,
): Promise<void> {
  await check('port', async () => {
    if (http === undefined) {
      return { status: 'warn', found: 'no health is served', fix: 'Add http: { port: 8600 }.' }
    }
    const isFree = await new Promise<boolean>((done) => {
      const server = createServer()
      server.once('error', () => done(false))
      server.listen(http.port, http.host, () => server.close(() => done(true)))
    })
    if (isFree) return `${http.host}:${http.port} is free`
    const fix = 'Name another port, or leave it where the node runs already.'
    return { status: 'warn', found: `${http.host}:${http.port} is taken`, fix }
  })
}
