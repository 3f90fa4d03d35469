/* Models that are not built in, each behind a real process or a real server, asked in a worker's own thread. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { modelName } from '../../../workers/src/models/adapters/modelConfig.ts'
import type { AdapterConfig } from '../../../workers/src/models/adapters/modelConfig.ts'
import { openPredictor } from '../../../workers/src/worker/prediction/openPredictor.ts'
import type { Predictor } from '../../../workers/src/worker/prediction/openPredictor.ts'
import type { Predicted } from '../../../workers/src/worker/workerTurn.ts'
import { silent } from '../../../workers/src/runtime/log.ts'
import { pause } from '../../helpers/anvil.ts'

const run = promisify(execFile)
const python = fileURLToPath(new URL('../../../workers/python/', import.meta.url))
const ONE = 10n ** 18n
const DAY = 86_400
const FIRST = 1_700_000_000
const NOW = FIRST + 29 * DAY + 10

const ECHO = `
import { createInterface } from 'node:readline'
let asked = 0
createInterface({ input: process.stdin }).on('line', (line) => {
  const { now, bars } = JSON.parse(line)
  asked++
  if (now % 10 === 1) return
  if (now % 10 === 2) process.exit(3)
  if (now % 10 === 3) return console.log('about 100')
  if (now % 10 === 4) return console.log(JSON.stringify({ value: '100' }))
  console.log(JSON.stringify({ value: bars.at(-1)[4] + asked, confidence: 0.5 }))
})`

/** As much of all requests as the doubles look at. */
type Body = {
  bars: number[][]
  inputs: [{ shape: number[]; data: number[] }]
  messages: { content: string }[]
  seed: number
}
type Reply = { status?: number; body: unknown }

describe('a model that is not built in', function () {
  this.timeout(120_000)

  let folder: string
  let server: Server
  let url: string
  let reply: (body: Body, request: IncomingMessage) => Reply
  const seen: Body[] = []
  const made: Predictor[] = []

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'auspex-adapters-'))
    const rows = Array.from({ length: 30 }, (_, i) => `${FIRST + i * DAY},${100 + (i % 3)}`)
    writeFileSync(join(folder, 'prices.csv'), `date,close\n${rows.join('\n')}\n`)
    writeFileSync(join(folder, 'echo.mjs'), ECHO)
    server = createServer((request, response) => {
      let text = ''
      request.on('data', (chunk) => (text += chunk))
      request.on('end', () => {
        const body = JSON.parse(text)
        seen.push(body)
        const { status = 200, body: answer } = reply(body, request)
        response.writeHead(status, { 'content-type': 'application/json' })
        response.end(JSON.stringify(answer))
      })
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    seen.length = 0
    await Promise.all(made.splice(0).map((each) => each.close()))
  })
  after(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })

  function open(model: AdapterConfig): Predictor {
    const predictor = openPredictor({
      question: 'close',
      model,
      seed: 1,
      requireGpu: false,
      source: { kind: 'csv', file: join(folder, 'prices.csv'), time: 'seconds' },
      confidence: 8000n,
      maxSigmas: 50,
      withinMs: 30_000,
      log: silent,
    })
    made.push(predictor)
    return predictor
  }

  async function ask({ predict }: Predictor, now = NOW): Promise<Predicted> {
    for (;;) {
      const predicted = await predict({ now, published: undefined })
      if (predicted.status !== 'waiting') return predicted
      await pause(5)
    }
  }
  const said = (value: bigint, confidence: bigint) => (predicted: Predicted) =>
    expect(predicted).to.deep.include({ status: 'predicted', prediction: { value, confidence } })
  const silentFor = (why: RegExp) => (predicted: Predicted) => {
    expect(predicted).to.have.property('status', 'abstained')
    expect(predicted).to.have.property('reason').that.matches(why)
  }

  describe('by command', () => {
    const config = (timeoutMs = 5000): AdapterConfig => ({
      kind: 'command',
      run: [process.execPath, 'echo.mjs'],
      folder,
      bars: 10,
      timeoutMs,
    })

    it('says its value, and wagers the model’s share of what its owner allows', async () => {
      const predictor = open(config())
      expect(await predictor.opened).to.deep.equal({ status: 'ready' })
      said(103n * ONE, 4000n)(await ask(predictor))
      said(104n * ONE, 4000n)(await ask(predictor, NOW + 10))
    })

    it('sits a round out where the process hangs, ends or talks, and is started anew', async () => {
      const predictor = open(config(1500))
      silentFor(/no answer within 1\.5 s/)(await ask(predictor, NOW + 1))
      silentFor(/ended with 3/)(await ask(predictor, NOW + 2))
      silentFor(/answered no JSON but "about 100"/)(await ask(predictor, NOW + 3))
      silentFor(/value is wrong/)(await ask(predictor, NOW + 4))
      said(103n * ONE, 4000n)(await ask(predictor, NOW + 20))
    })

    it('in Python: the template passes its own test, and predicts', async function () {
      const hasPython = await run('python3', ['--version']).then(
        () => true,
        () => false,
      )
      if (!hasPython) this.skip()
      await run('python3', ['-m', 'unittest', '-q'], { cwd: python })
      const predictor = open({ ...config(), run: ['python3', join(python, 'model.py')] } as never)
      const predicted = await ask(predictor)
      if (predicted.status !== 'predicted') throw new Error(predicted.reason)
      expect(Number(predicted.prediction.value / ONE)).to.be.within(100, 101)
    })
  })

  describe('over HTTP', () => {
    const config = (protocol: 'plain' | 'v2'): AdapterConfig => ({
      kind: 'http',
      url: `${url}/predict?key=hidden`,
      protocol,
      bars: 5,
      timeoutMs: 5000,
    })

    it('is sent the latest rows and no later ones, and no key is in its name', async () => {
      reply = ({ bars }) => ({
        body: { value: bars.at(-1)![6]! + 0.5, meta: { note: 'kept out' } },
      })
      said(102n * ONE + ONE / 2n, 8000n)(await ask(open(config('plain'))))
      expect(seen[0]!.bars).to.have.length(5)
      expect(seen[0]!.bars.at(-1)![0]).to.equal(FIRST + 29 * DAY)
      expect(modelName(config('plain'))).to.not.include('hidden')
    })

    it('may speak the Open Inference Protocol', async () => {
      reply = ({ inputs: [{ shape, data }] }) => ({
        body: {
          outputs: [
            { name: 'value', data: [data.at(-1)! + shape[0]!] },
            { name: 'confidence', data: [0.25] },
          ],
        },
      })
      said(107n * ONE, 2000n)(await ask(open(config('v2'))))
    })

    it('sits the round out where the server fails, and says why', async () => {
      reply = () => ({ status: 503, body: { error: 'busy' } })
      silentFor(/127\.0\.0\.1:\d+ answered 503: \{"error":"busy"\}/)(
        await ask(open(config('plain'))),
      )
    })
  })

  describe('behind an API as OpenAI’s', () => {
    const config = (more: object = {}): AdapterConfig =>
      ({
        kind: 'openai',
        url: `${url}/v1`,
        model: 'tiny',
        bars: 5,
        timeoutMs: 5000,
        samples: 1,
        tokens: 50,
        ...more,
      }) as never
    const content = (text: string): Reply => ({
      body: { choices: [{ message: { content: text } }] },
    })

    it('is asked at temperature 0 within its tokens, with the key from the environment', async () => {
      process.env['AUSPEX_TEST_KEY'] = 'a-secret'
      let authorization: string | undefined
      reply = (_, { headers, url: path }) => {
        authorization = headers.authorization
        expect(path).to.equal('/v1/chat/completions')
        return content('Here it is: ```json\n{"value": 101.5, "confidence": 0.5}\n```')
      }
      said((203n * ONE) / 2n, 4000n)(await ask(open(config({ keyEnv: 'AUSPEX_TEST_KEY' }))))
      expect(authorization).to.equal('Bearer a-secret')
      expect(seen[0]).to.deep.include({ model: 'tiny', temperature: 0, max_tokens: 50 })
      expect(seen[0]!.messages[1]!.content).to.match(
        /next-day close[^]*\n\d+,102,102,102,102,0,102$/,
      )
    })

    it('is asked once more where its answer cannot be used, and not a third time', async () => {
      reply = ({ messages }) =>
        content(messages.length === 2 ? 'I think it will rise.' : '{"value": 103}')
      said(103n * ONE, 8000n)(await ask(open(config())))
      expect(seen[1]!.messages.at(-1)!.content).to.match(/cannot be used: it answered no JSON/)
      seen.length = 0
      reply = () => content('no')
      silentFor(/answered no JSON but "no"/)(await ask(open(config())))
      expect(seen).to.have.length(2)
    })

    it('takes the median of samples, and is less sure the more they differ', async () => {
      const values = [100, 108, 101]
      reply = ({ seed }) => content(JSON.stringify({ value: values[seed] }))
      const predicted = await ask(open(config({ samples: 3 })))
      if (predicted.status !== 'predicted') throw new Error(predicted.reason)
      expect(predicted.prediction.value).to.equal(101n * ONE)
      expect(Number(predicted.prediction.confidence)).to.be.within(1, 4000)
    })

    it('says what is missing without its key', async () => {
      silentFor(/the environment has no AUSPEX_NO_KEY: set it to the key for 127/)(
        await ask(open(config({ keyEnv: 'AUSPEX_NO_KEY' }))),
      )
    })
  })

  describe('in an ONNX file', () => {
    const config: () => AdapterConfig = () => ({
      kind: 'onnx',
      file: join(folder, 'net.onnx'),
      lags: 4,
      scale: 'none',
    })

    it('is refused where there is no file, or no runtime is installed, with what to do', async () => {
      const missing = await open(config()).opened
      expect((missing as { error: Error }).error.message).to.match(
        /There is no ONNX file at .*net\.onnx/,
      )
      writeFileSync(join(folder, 'net.onnx'), 'no graph')
      const opened = await open(config()).opened
      expect((opened as { error: Error }).error.message).to.match(
        /needs onnxruntime-node, which is not installed\. Run: npm install onnxruntime-node@1\.30\.0|net\.onnx cannot be loaded/,
      )
    })
  })

  it('never puts features where they could be read: the answer holds value and confidence alone', async () => {
    reply = () => ({ body: { value: 101, confidence: 1, meta: { features: [1, 2, 3] } } })
    const predicted = await ask(
      open({ kind: 'http', url, protocol: 'plain', bars: 5, timeoutMs: 5000 }),
    )
    expect(Object.keys(predicted)).to.have.members(['status', 'prediction', 'inputs'])
    expect(JSON.stringify(predicted, (_, each) => String(each)).includes('features')).to.equal(
      false,
    )
  })
})
