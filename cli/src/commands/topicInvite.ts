import { existsSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { InvalidArgumentError } from 'commander'
import { getTopic } from '@auspex/sdk'
import type { TopicId } from '@auspex/sdk'
import { OperatorError, visible } from '@auspex/workers'
import { command } from '../command.ts'
import type { Common } from '../command.ts'
import { readerConfig } from '../config/fields.ts'
import { readConfig } from '../config/readConfig.ts'
import { createdTopics } from '../createdTopics.ts'
import { openReader } from '../openAccount.ts'
import { parseNewFile, parseTopic } from '../parsers.ts'
import { print } from '../print.ts'
import { tokenOf } from '../tokenOf.ts'

type Options = Common & { out: string; url: string[]; reputer: string[] }

export function topicInvite(): Command {
  return command('invite', 'write the one file that a worker needs to take part in a topic')
    .argument('<topic>', 'id of the topic', parseTopic)
    .option(
      '--out <file>',
      'YAML file to write; none that exists is written over',
      parseNewFile,
      'worker.yaml',
    )
    .option(
      '--url <url>',
      'a JSON-RPC node for the worker, again for more; those of this configuration that hold no key otherwise',
      collectUrl,
      [],
    )
    .option('--reputer <url>', 'a reputer that serves the topic, again for more', collectUrl, [])
    .action(run)
}

async function run(topic: TopicId, options: Options): Promise<void> {
  const { json, config, out, url, reputer } = options
  if (existsSync(out)) {
    throw new OperatorError(
      'usage',
      `There is a file at ${out} already. Name another one with --out.`,
    )
  }
  const { chain } = readConfig({ file: config, schema: readerConfig })
  const urls = url.length > 0 ? url : chain.urls.filter(isPublic)
  if (urls.length === 0) {
    throw new OperatorError(
      'usage',
      'The URLs of this configuration may hold a key, which is not given away. Name one for workers with --url.',
    )
  }
  const client = await openReader({ chain })
  const { minStake } = await getTopic(client, { topic })
  const { words } = await tokenOf(client)
  const [created] = await createdTopics(client, { topic }).catch(() => [])
  const asked = created === undefined ? [] : [`# It asks: ${visible(created.description)}`]
  const list = (items: readonly string[]) => `[${items.map((item) => `'${item}'`).join(', ')}]`
  const text = [
    `# A worker of topic ${topic}`,
    ...asked,
    `# 1. auspex keys new key.json              (and its password in the file "password", mode 600)`,
    `# 2. coin for the key, and ${words(minStake)} or more for its owner, who may be the key itself`,
    `# 3. auspex stake deposit ${topic} <amount>, then stake activate, then stake seat`,
    '# 4. your own rows in data.csv, with the columns date and close',
    `# 5. auspex worker start --config ${out}, which only rehearses on a public chain; then with --live`,
    'chain:',
    `  id: ${chain.id}`,
    `  urls: ${list(urls)}`,
    `  network: '${chain.network}'`,
    `  fromBlock: ${chain.fromBlock}`,
    `topic: '${topic}'`,
    'keys: { keystore: key.json, passwordFile: password }',
    'dataDir: worker-data',
    'source: { kind: csv, file: data.csv, maxAge: 2d }',
    'question: close',
    'model: lastValue',
    'confidence: 10%',
    `reputers: ${list(reputer)}`,
    'http: { port: 8600 }',
  ]
  writeFileSync(out, `${text.join('\n')}\n`, { flag: 'wx' })
  print({
    json,
    data: { topic, file: out, urls, reputers: reputer },
    lines: [`wrote ${out}: give it to a worker, there is no secret in it`],
    next: `auspex doctor --config ${out}`,
  })
}

function collectUrl(url: string, before: readonly string[]): string[] {
  if (URL.canParse(url) && /^https?:/.test(url) && !url.includes("'")) return [...before, url]
  throw new InvalidArgumentError('An http or https URL is needed.')
}

/** Whether a URL is a host alone: keys of providers stand in paths, queries and credentials. */
function isPublic(url: string): boolean {
  const { username, password, pathname, search } = new URL(url)
  return username === '' && password === '' && search === '' && /^\/?$/.test(pathname)
}
