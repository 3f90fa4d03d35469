/* The files of workers and reputers: whatever is wrong with them costs a sentence, and doing what it says mends the file. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { isMap, isScalar, parse, parseDocument, visit } from 'yaml'
import type { Document, Pair } from 'yaml'
import type { z } from 'zod'
import { openConfig } from '../../../cli/src/config/readConfig.ts'
import { reputerConfig } from '../../../cli/src/config/reputerConfig.ts'
import { workerConfig } from '../../../cli/src/config/workerConfig.ts'
import { fieldsOf } from '../../../cli/src/config/fieldsOf.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

const chain = `chain:
  id: 31337
  urls: ['http://127.0.0.1:8545']
  network: '0x5FbDB2315678afecb367f032d93F642f64180aa3'
  fromBlock: 12
`
const common = `keys:
  keystore: key.json
  passwordFile: password
dataDir: data
fees:
  maxGwei: 200
  tokenPrice: 1.5
http:
  host: 127.0.0.1
  port: 8600
  trustedProxies: ['10.0.0.0/8']
pollMs: 1000
logLevel: info
`
const worker = `${chain}topic: '0x${'0a'.repeat(32)}'
source:
  kind: csv
  time: iso
  zone: UTC
  maxAge: 2d
  file: data.csv
question: close
model: lastValue
predictWithin: 60s
fallback:
  kind: openai
  url: 'http://127.0.0.1:9000/v1'
  model: some-model
  keyEnv: MODEL_KEY
  samples: 5
  tokens: 200
  bars: 250
  timeout: 20s
maxSigmas: 50
coin:
  warn: 50
  stop: 1
seed: 1
confidence: 10%
reputers: ['https://reputer.example.org']
patience: 70%
requireGpu: false
${common}`
/** The other kinds of sources and models, one a file. */
const otherWorkers = [
  ['source', 'source: { kind: sample, maxAge: 2d }'],
  ['model', "model: { kind: http, url: 'http://127.0.0.1:9000', protocol: v2, keyEnv: MODEL_KEY }"],
  ['model', 'model: { kind: command, run: [python3, model.py], bars: 100, timeout: 5s }'],
  ['model', 'model: { kind: onnx, file: net.onnx, lags: 22, scale: log }'],
  [
    'source',
    "source: { kind: http, url: 'http://127.0.0.1:9000', rows: data, columns: { date: 0, close: 4, open: 1, high: 2, low: 3, volume: 5 }, time: iso, zone: UTC, length: 1h, every: 60s, page: { parameter: page, first: 1, next: cursor, most: 9 }, keyEnv: MODEL_KEY, timeout: 20s, maxAge: 2d }",
  ],
  [
    'source',
    "source: { kind: feed, urls: ['http://127.0.0.1:8545'], feed: '0x5FbDB2315678afecb367f032d93F642f64180aa3', bar: 1h, from: '2026-01-01', maxAge: 2d }",
  ],
  [
    'source',
    "source: { kind: ccxt, exchange: kraken, symbol: BTC/USD, timeframe: 1h, from: '2026-01-01', every: 60s, maxAge: 2d }",
  ],
  [
    'confidence',
    'confidence: { kind: learned, cap: 50%, floor: 20%, fraction: 0.5, window: 120, risk: 0.04 }',
  ],
] as const
const reputer = `${chain}topics:
  - id: '0x${'0a'.repeat(32)}'
    truth:
      kind: report
      source:
        kind: csv
        file: data.csv
      question: close
only: [collector, keeper]
requestsPerMinute: 600
batchAfter: 50%
patience: 10s
settleEvery: 4
shift:
  place: 0
  of: 2
  seconds: 20s
claimFrom: 100
slashFrom: 20.5
history: none
${common}`

/** Wrong type, unit, sign, size, and what nobody can see. */
const wrong: readonly unknown[] = [
  [1, 2],
  ['x'],
  { a: 1 },
  true,
  '5 parsecs',
  '-7d',
  -1,
  0,
  0.00000001,
  10n ** 21n,
  '',
  'a\u200Bb',
  null,
]

/** What only the owner of the file can know: the sentence says where it comes from. */
const KNOWN_ELSEWHERE = /(^|\.)(network|topic|id|topics|topics\.\d+|chain|feed)$/

type Path = (string | number)[]

for (const [name, schema, text] of [
  ['worker', workerConfig, worker],
  ['reputer', reputerConfig, reputer],
] as const) {
  describe(`the file of a ${name}`, () => {
    const file = join(freshFolder(`${name}-file`), `${name}.yaml`)
    const base = parse(text)

    /** What is said of a file; nothing where it is accepted. */
    function refusalsOf(written: string): string[] {
      writeFileSync(file, written)
      try {
        openConfig({ file, schema: schema as z.ZodType })
        return []
      } catch (error) {
        return (error as Error).message.split('\n')
      }
    }

    /** Says what a refusal must say, whatever is wrong. */
    function expectSentence(refusal: string, written: string): Path {
      const [, row, column, field] = /\.yaml:(\d+):(\d+): ([\w.]+) is /.exec(refusal) ?? []
      expect(field, refusal).not.to.equal(undefined)
      const path = field!.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part))
      const line = written.split('\n')[Number(row) - 1]!
      expect(line.length, refusal).to.be.at.least(Number(column) - 1)
      if (!refusal.includes('is missing')) {
        const key = path.at(-1)
        if (typeof key === 'string') expect(line, refusal).to.include(key)
        const isSecret = /urls|reputers|password|keystore|url\b/.test(field!)
        if (!isSecret && !refusal.includes('no field of this file')) {
          expect(refusal).to.match(/, and is /)
        }
      }
      expect(refusal, refusal).not.to.match(
        /Invalid|Expected|expected|Too (big|small)|9007199254740991|undefined|\[object|\u200B/,
      )
      return path
    }

    /** Does what a refusal says. */
    function mend(document: Document, refusal: string, path: Path, sound: unknown): void {
      if (refusal.includes('Remove the line')) return void document.deleteIn(path)
      const [, write] = /Write `([^`]+)`/.exec(refusal) ?? []
      if (write === undefined) {
        expect(path.join('.'), refusal).to.match(KNOWN_ELSEWHERE)
        expect(refusal).to.match(/`auspex \w+ \w+`/)
        // Of a list in which more stands than here, every item is mended like the first.
        const value = path.reduce<unknown>((at, part) => {
          return (at as never)?.[typeof part === 'number' ? 0 : part]
        }, sound)
        return void document.setIn(path, document.createNode(value))
      }
      const [, key, value] = /^(\w+)(?:: (.*))?$/.exec(write)!
      if (value === undefined) {
        const kept = document.getIn(path)
        document.deleteIn(path)
        return void document.setIn([...path.slice(0, -1), key!], kept)
      }
      const place = path.slice(0, path.lastIndexOf(key!) + 1)
      document.setIn(place, document.createNode(parse(value)))
    }

    /** Follows what is said until the file is accepted; gives how often something was said. */
    function follow(document: Document, sound: unknown = base): number {
      for (let said = 0; said < 12; said++) {
        const written = document.toString()
        const refusals = refusalsOf(written)
        if (refusals.length === 0) return said
        for (const refusal of refusals) expectSentence(refusal, written)
        mend(document, refusals[0]!, expectSentence(refusals[0]!, written), sound)
      }
      expect.fail(`never accepted:\n${document.toString()}`)
    }

    const texts = [text, ...(name === 'worker' ? otherWorkers.map(otherWith) : [])]

    it('is accepted as it stands, in every kind', () => {
      for (const each of texts) expect(refusalsOf(each), each).to.deep.equal([])
    })

    it('is tried in every field that it has', () => {
      const tried = new Set(
        texts
          .flatMap(pathsIn)
          .map((path) => path.filter((part) => typeof part === 'string').join('.')),
      )
      const all = fieldsOf(schema).map(({ name }) => name.replaceAll('[]', ''))
      // A fallback takes what a model takes, and the truth's source what a source takes.
      const isElsewhere = (field: string) => /^(fallback|model|topics\.truth\.source)\./.test(field)
      expect(all.filter((field) => !isElsewhere(field) && !tried.has(field))).to.deep.equal([])
    })

    for (const [i, each] of texts.entries()) {
      for (const path of pathsIn(each)) {
        if (i > 0 && !['source', 'model', 'confidence'].includes(String(path[0]))) continue
        it(`costs a sentence in ${path.join('.')}${i > 0 ? ` of kind ${i}` : ''}, and is mended by doing what it says`, () => {
          let refused = 0
          // Kinds beside the usual one get every other value: their fields are of the same sorts.
          for (const value of wrong.filter((_, at) => i === 0 || at % 2 === 0)) {
            const document = parseDocument(each)
            document.setIn(path, document.createNode(value))
            refused += Math.min(1, follow(document, parse(each)))
          }
          expect(refused).to.be.above(i === 0 ? 5 : 2)
        })
      }
    }

    it('names the field that was meant, or says to remove the line', () => {
      for (const path of pathsIn(text)) {
        const key = path.at(-1)
        if (typeof key !== 'string') continue
        const document = parseDocument(text)
        const kept = document.getIn(path)
        document.deleteIn(path)
        document.setIn([...path.slice(0, -1), `${key}s`], kept)
        follow(document)
        const foreign = parseDocument(text)
        foreign.setIn([...path.slice(0, -1), 'colour'], 'red')
        expect(follow(foreign)).to.equal(1)
      }
    })

    it('says of each field that is needed and left out what to write', () => {
      for (const path of pathsIn(text)) {
        const document = parseDocument(text)
        document.deleteIn(path)
        follow(document)
      }
    })
  })
}

function otherWith([field, line]: readonly [string, string]): string {
  const document = parseDocument(worker)
  document.set(field, document.createNode(parse(line)[field]))
  return document.toString()
}

/** Every place of a file where something could stand that is wrong. */
function pathsIn(text: string): Path[] {
  const paths: Path[] = []
  visit(parseDocument(text), {
    Pair(_, pair: Pair, ancestors) {
      const above = ancestors.flatMap((node, i): Path => {
        const inside = ancestors[i + 1] ?? pair
        if (isMap(node) || !('items' in (node as object))) {
          const key = (node as Pair).key
          return isScalar(key) ? [String(key.value)] : []
        }
        return [(node as { items: unknown[] }).items.indexOf(inside)]
      })
      paths.push([...above, (pair.key as { value: string }).value])
    },
  })
  return paths
}

describe('what a file says', () => {
  it('is shown letter by letter where it is a number', () => {
    const file = join(freshFolder('letters'), 'worker.yaml')
    writeFileSync(file, worker.replace('port: 8600', 'port: 1000000000000000000000'))
    expect(() => openConfig({ file, schema: workerConfig })).to.throw(
      /http\.port is wrong: must be a whole number from 0 to 65535, and is 1000000000000000000000\. Write `port: 8600`/,
    )
    expect(readFileSync(file, 'utf8')).to.include('1000000000000000000000')
  })
})
