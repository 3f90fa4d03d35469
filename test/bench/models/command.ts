import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'chai'
import type { Report } from '../../../bench/models/report/toReport.ts'

const MAIN = fileURLToPath(new URL('../../../bench/models/main.ts', import.meta.url))
const WRONG_TANH = new URL('wrongTanh.ts', import.meta.url).href
const SHORT = ['--questions', 'volatility', '--repeats', '1', '--batches', '1,16', '--json']

describe('bench:models', function () {
  this.timeout(120_000)

  let ran: Ran
  let wrong: Ran

  // No test looks at how long anything took, so both runs may share the processor.
  before(async () => {
    // Where no driver can be found there is no GPU, whatever the machine has.
    const nowhere = '/nowhere/at-all.json'
    const env = { VK_ICD_FILENAMES: nowhere, VK_DRIVER_FILES: nowhere }
    const preload = { NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --import ${WRONG_TANH}` }
    ;[ran, wrong] = await Promise.all([
      run({ args: [...SHORT, '--backends', 'cpu,wasm,webgpu'], env }),
      run({ args: [...SHORT, '--backends', 'cpu,wasm'], env: preload }),
    ])
  })

  describe('on backends that are there and one that is not', () => {
    let report: Report

    before(() => {
      report = JSON.parse(ran.stdout) as Report
    })

    it('ends well, with one line of JSON on stdout and tables on stderr', () => {
      expect(ran.code).to.equal(0)
      expect(ran.stdout.trim().split('\n')).to.have.length(1)
      expect(ran.stderr).to.match(/^mlp \(volatility\) +wasm +16 +\d/m)
      expect(report.faults).to.deep.equal([])
    })

    it('names the machine and what computes', () => {
      expect(report.machine).to.have.all.keys('cpu', 'cores', 'memory', 'os', 'node')
      expect(report.machine.node).to.equal(process.version)
      const [cpu, wasm] = report.backends
      const there = { isGpu: false, available: true }
      expect(cpu).to.deep.equal({ name: 'cpu', device: 'CPU by JavaScript', ...there })
      expect(wasm).to.deep.equal({ name: 'wasm', device: 'CPU by WebAssembly', ...there })
    })

    it('says in words why a backend is missing', function () {
      if (process.platform !== 'linux') this.skip()
      expect(report.backends[2]).to.deep.equal({
        name: 'webgpu',
        device: null,
        isGpu: false,
        available: false,
        reason: 'no GPU adapter',
      })
      expect(ran.stderr).to.match(/^webgpu +missing: no GPU adapter$/m)
      expect(ran.stderr).to.not.match(/^ +at |vulkan/im)
    })

    it('measures every plain forecaster once, without a backend', () => {
      const plain = report.rows.filter(({ backend }) => backend === null)
      const names = plain.map(({ forecaster }) => forecaster)
      expect(names).to.include.members([
        'ewma (volatility)',
        'har (volatility)',
        'ridge (volatility)',
      ])
      expect(new Set(names).size).to.equal(names.length)
      for (const row of plain) {
        expect(row).to.include({ batch: null, differenceFromCpu: null, tensorGrowth: null })
        expect(row.fitMs).to.be.a('number')
        expect(row.stepMs).to.be.a('number')
      }
    })

    it('measures the network on every backend, by day and by batch', () => {
      const tensors = report.rows.filter(({ backend }) => backend !== null)
      expect(tensors.map(({ backend, batch }) => [backend, batch])).to.deep.equal([
        ['cpu', null],
        ['cpu', 1],
        ['cpu', 16],
        ['wasm', null],
        ['wasm', 1],
        ['wasm', 16],
      ])
      for (const { batch, fitMs, stepMs, predictMs, perPrediction } of tensors) {
        expect(batch === null ? fitMs : stepMs).to.be.a('number')
        expect(batch === null ? stepMs : fitMs).to.equal(null)
        expect(perPrediction).to.equal(predictMs / (batch ?? 1))
      }
    })

    it("compares wasm's predictions with cpu's: near, computed apart", () => {
      const differences = report.rows
        .filter(({ backend }) => backend === 'wasm')
        .map(({ differenceFromCpu }) => differenceFromCpu)
      expect(differences).to.have.length(3)
      for (const difference of differences) expect(difference).to.be.within(1e-12, report.tolerance)
    })

    it('leaves no tensors behind', () => {
      const grown = report.rows.filter(({ backend }) => backend !== null)
      for (const { tensorGrowth } of grown) expect(tensorGrowth).to.equal(0)
    })

    it("divides wasm's times by the others'", () => {
      const on = (backend: string) =>
        report.rows.find((row) => row.backend === backend && row.batch === 16)!
      const [cpu, wasm] = [on('cpu'), on('wasm')]
      expect(report.ratios.find(({ batch }) => batch === 16)).to.deep.equal({
        forecaster: 'mlp (volatility)',
        backend: 'cpu',
        batch: 16,
        fit: null,
        step: wasm.stepMs! / cpu.stepMs!,
        predict: wasm.predictMs / cpu.predictMs,
      })
    })
  })

  it('fails and names the rows where a backend computes something else', () => {
    const { code, stdout, stderr } = wrong
    const { rows, faults } = JSON.parse(stdout) as Report
    expect(code).to.equal(1)
    const agreed = rows.filter(({ backend }) => backend === 'wasm').map(({ agrees }) => agrees)
    expect(agreed).to.deep.equal([false, false, false])
    expect(faults[2]).to.match(
      /^mlp \(volatility\) on wasm, batch 16: predictions differ from cpu's/,
    )
    expect(stderr)
      .to.include(faults[2])
      .and.to.match(/ wasm +16 .* !/)
  })

  describe('asked what it cannot understand', () => {
    for (const [args, message] of [
      [['--backends', 'cpu,abacus'], '"abacus" is none of cpu, wasm, webgpu, tfjs-node.'],
      [['--batches', '16,2048'], '"2048" is no whole number from 1 to 1024.'],
      [['--batches', ''], '"" is no whole number from 1 to 1024.'],
      [['--repeats', '0'], '"0" is no whole number from 1 to 100.'],
      [['--fast'], "unknown option '--fast'"],
      [['fast'], 'too many arguments'],
    ] as const) {
      it(`${args.join(' ')}: exit 2 and why`, async () => {
        const { code, stdout, stderr } = await run({ args })
        expect(code).to.equal(2)
        expect(stdout).to.equal('')
        expect(stderr)
          .to.match(/^error: .*\n$/)
          .and.to.include(message)
      })
    }

    it('explains itself with --help', async () => {
      const { code, stdout } = await run({ args: ['--help'] })
      expect(code).to.equal(0)
      expect(stdout).to.include('--batches')
    })
  })
})

type Ran = { code: number; stdout: string; stderr: string }

function run({
  args,
  env,
}: {
  args: readonly string[]
  env?: Record<string, string>
}): Promise<Ran> {
  return new Promise((resolve) => {
    const options = { env: { ...process.env, ...env } }
    execFile(process.execPath, [MAIN, ...args], options, (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr })
    })
  })
}
