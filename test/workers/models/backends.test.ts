import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect } from 'chai'
import { openTensors } from '../../../workers/src/models/backends/openTensors.ts'
import type { TensorBackend, Tensors } from '../../../workers/src/models/backends/tensors.ts'
import { createNetwork } from '../../../workers/src/models/families/network.ts'
import { expectNear } from '../../helpers/expectNear.ts'

describe('Tensor backends', () => {
  async function open(name: TensorBackend): Promise<Tensors | undefined> {
    const opened = await openTensors({ only: [name], software: true })
    return opened.status === 'ready' ? opened.tensors : undefined
  }

  /** A short lesson whose answers depend on every gradient. */
  async function learned(tensors: Tensors, penalty = 0.01): Promise<number[]> {
    const options = { tensors, size: 2, output: 'value', penalty, seed: 3 } as const
    const network = createNetwork(options)
    const inputs = Array.from({ length: 16 }, (_, i) => [Math.sin(i), Math.cos(3 * i)])
    const targets = inputs.map(([x, y]) => x! - 0.5 * y! * y!)
    await network.train({ inputs, targets, epochs: 60, seed: 1 })
    return network.answer(inputs)
  }

  for (const name of ['wasm', 'cpu'] as const) {
    it(`${name} comes up and says how fast it trains`, async () => {
      const tensors = await open(name)
      expect(tensors).to.include({ name, gpu: false })
      expect(tensors!.device).to.match(/^CPU by /)
      expect(tensors!.stepMs).to.be.within(0.001, 5000)
      expect(tensors!.tf.getBackend()).to.equal(name)
    })
  }

  it('takes the first that comes up and says why the others did not', async () => {
    const opened = await openTensors()
    expect(opened.status).to.equal('ready')
    const order = ['tfjs-node', 'webgpu', 'wasm', 'cpu']
    const name = opened.status === 'ready' ? opened.tensors.name : ''
    expect(opened.refused.map((refusal) => refusal.name)).to.deep.equal(
      order.slice(0, order.indexOf(name)),
    )
    for (const { reason } of opened.refused) expect(reason).to.not.equal('')
  })

  it('refuses to go without a GPU when one is required', async () => {
    const opened = await openTensors({ only: ['wasm', 'cpu'], requireGpu: true })
    expect(opened).to.deep.equal({
      status: 'gpu-required',
      refused: [
        { name: 'wasm', reason: 'CPU by WebAssembly is not a GPU' },
        { name: 'cpu', reason: 'CPU by JavaScript is not a GPU' },
      ],
    })
  })

  it('leaves a process its own error handlers', async () => {
    const opener = new URL('../../../workers/src/models/backends/openTensors.ts', import.meta.url)
      .href
    const script = `
      const { openTensors } = await import('${opener}')
      const { status } = await openTensors({ only: ['wasm'] })
      const events = ['uncaughtException', 'unhandledRejection']
      console.log(status, ...events.map((event) => process.listenerCount(event)))
    `
    const run = promisify(execFile)
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script])
    expect(stdout.trim()).to.equal('ready 0 0')
  })

  it('starts without advice on the console', async () => {
    const opener = new URL('../../../workers/src/models/backends/openTensors.ts', import.meta.url)
      .href
    const script = `
      const { openTensors } = await import('${opener}')
      await openTensors({ only: ['cpu'] })
    `
    const run = promisify(execFile)
    const output = await run(process.execPath, ['--input-type=module', '--eval', script])
    expect(output).to.include({ stdout: '', stderr: '' })
  })

  it('looks for a GPU without a word of its drivers on the console', async () => {
    const finder = new URL('../../../workers/src/models/backends/startWebgpu.ts', import.meta.url)
      .href
    const script = `
      const { findAdapter } = await import('${finder}')
      console.log(JSON.stringify(await findAdapter()))
    `
    const run = promisify(execFile)
    const env = { ...process.env, VK_ICD_FILENAMES: '/nowhere/at-all.json' }
    const args = ['--input-type=module', '--eval', script]
    const { stdout, stderr } = await run(process.execPath, args, { env })
    expect(stderr).to.equal('')
    expect(JSON.parse(stdout).status).to.be.oneOf(['absent', 'found'])
  })

  it('holds the weights of a network small where the penalty is large', async () => {
    const tensors = (await open('cpu'))!
    const size = async (penalty: number) => {
      const answers = await learned(tensors, penalty)
      return answers.reduce((sum, answer) => sum + Math.abs(answer), 0)
    }
    expect(await size(3)).to.be.lessThan((await size(0)) / 2)
  })

  for (const name of ['wasm', 'webgpu', 'tfjs-node'] as const) {
    it(`${name} learns what plain JavaScript learns`, async function () {
      const tensors = await open(name)
      if (tensors === undefined) {
        console.log(`      ${name} is not to be had on this machine`)
        this.skip()
      }
      const answers = await learned(tensors)
      const plain = await learned((await open('cpu'))!)
      expect(answers).to.have.length(16)
      for (const [i, answer] of answers.entries()) expectNear(answer, plain[i]!, 1e-4)
      expect(new Set(plain).size).to.equal(16)
    })
  }
})
