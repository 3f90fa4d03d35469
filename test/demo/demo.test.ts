import { access } from 'node:fs/promises'
import { expect } from 'chai'
import { join } from 'node:path'
import { z } from 'zod'
import { freshFolder } from '../helpers/freshFolder.ts'
import { startAuspex, startDemo } from './startDemo.ts'

const amount = z.string().regex(/^\d+$/).transform(BigInt)
const signed = z
  .string()
  .regex(/^-?\d+$/)
  .transform(BigInt)
const loss = z.number().positive()

/** What scripts may rely on, and nothing beside it. */
const schema = z.strictObject({
  seed: z.int(),
  rounds: z.int(),
  topics: z.array(
    z.strictObject({
      name: z.string(),
      rounds: z.int(),
      loss: z.strictObject({ aggregate: loss, mean: loss, median: loss }),
      coverage: z.number().min(0).max(1).nullable(),
      workers: z.array(
        z.strictObject({
          name: z.string(),
          kind: z.enum(['honest', 'liar', 'lazy', 'copier']),
          loss,
          stakeStart: amount,
          stakeEnd: amount,
          rewards: amount,
          slashed: amount,
          pool: signed,
          peers: signed,
        }),
      ),
    }),
  ),
  tokens: z.strictObject({ minted: amount, held: amount, accounted: amount }),
})

const lastLine = (output: string) => output.trimEnd().split('\n').at(-1)!

describe('npm start', function () {
  this.timeout(300_000)

  describe('with wrong options', () => {
    const refusals: [string[], RegExp][] = [
      [['--rounds', '0'], /--rounds.*whole number from 1 to 5000/],
      [['--rounds', 'many'], /--rounds.*whole number/],
      [['--seed', '-1'], /--seed.*whole number/],
      [['--from', '2020-02-30x'], /--from.*2016-01-04/],
      [['--from', '2020-02-31'], /--from.*no date/],
      [['--from', '2000-02-01'], /need 300 days before.*--from 2001-03-1\d or later/],
      [['--from', '2020-04-01', '--rounds', '100'], /only 12 trading days.*--rounds 12 or fewer/],
      [['--rounds', '5000'], /need 300 days before.*fewer --rounds/],
      [['--topics', 'close,weather'], /no topic weather.*close,volatility,move/],
      [['--fast'], /unknown option '--fast'/],
      [['now'], /too many arguments/],
    ]

    for (const [args, words] of refusals) {
      it(`refuses ${args.join(' ')} with exit code 2`, async () => {
        const { code, output, errors } = await startDemo(...args).ended
        expect(errors).to.match(words)
        expect(code).to.equal(2)
        expect(output).to.equal('')
      })
    }

    it('tells its options when asked', async () => {
      const { code, output } = await startDemo('--help').ended
      expect(code).to.equal(0)
      for (const option of [
        'from',
        'rounds',
        'topics',
        'seed',
        'keep',
        'speed',
        'folder',
        'json',
      ]) {
        expect(output).to.include(`--${option}`)
      }
    })
  })

  describe('with --json, when its rounds are played', () => {
    const args = ['--rounds', '12', '--seed', '7', '--json']
    let first: string
    let result: z.output<typeof schema>
    let report: string

    before(async () => {
      const { code, output, errors } = await startDemo(...args).ended
      expect(code, errors).to.equal(0)
      first = lastLine(output)
      report = /\S+\.html/.exec(errors)![0]
    })

    it('prints the result on the last line, and nothing but what was agreed', () => {
      result = schema.parse(JSON.parse(first))
      expect(result.seed).to.equal(7)
      expect(result.rounds).to.equal(12)
      expect(result.topics.map(({ name }) => name)).to.deep.equal(['close', 'volatility', 'move'])
    })

    it('settles every round of every topic', () => {
      for (const { rounds } of result.topics) expect(rounds).to.equal(12)
    })

    it('has at least eight workers a topic, among them a liar, a lazy one and a copier', () => {
      for (const { workers } of result.topics) {
        expect(workers.length).to.be.at.least(8)
        expect(workers.map(({ kind }) => kind)).to.include.members(['liar', 'lazy', 'copier'])
      }
    })

    it('starts all workers with equal stakes', () => {
      const stakes = result.topics.flatMap(({ workers }) => workers.map((each) => each.stakeStart))
      expect(new Set(stakes).size).to.equal(1)
    })

    it('explains each stake to the last unit', () => {
      for (const { workers } of result.topics) {
        for (const { name, stakeStart, stakeEnd, rewards, slashed, pool, peers } of workers) {
          expect(stakeStart + rewards - slashed, name).to.equal(stakeEnd)
          expect(stakeStart + pool + peers, name).to.equal(stakeEnd)
        }
      }
    })

    it('moves money from the liars, taken together', () => {
      const liars = result.topics.map(({ workers }) => workers.find(({ kind }) => kind === 'liar')!)
      const lost = liars.reduce((sum, { stakeStart, stakeEnd }) => sum + stakeStart - stakeEnd, 0n)
      expect(lost > 0n).to.equal(true)
    })

    it('takes from some workers what others win, to a few units of rounding', () => {
      for (const { workers, rounds } of result.topics) {
        const sum = workers.reduce((total, { peers }) => total + peers, 0n)
        const most = BigInt(3 * workers.length * rounds)
        expect(-most <= sum && sum <= most, String(sum)).to.equal(true)
      }
    })

    it('accounts for every token', () => {
      const { minted, held, accounted } = result.tokens
      expect(minted > 0n).to.equal(true)
      expect(held).to.equal(minted)
      expect(accounted).to.equal(minted)
    })

    it('writes a report', async () => {
      await access(report)
    })

    it('does the same again for the same seed', async () => {
      const { output } = await startDemo(...args).ended
      expect(lastLine(output)).to.equal(first)
    })
  })

  it('draws other networks from another seed', async () => {
    const results = ['1', '2'].map(async (seed) => {
      const run = startDemo('--rounds', '2', '--topics', 'move', '--seed', seed, '--json')
      const { topics } = schema.parse(JSON.parse(lastLine((await run.ended).output)))
      return topics[0]!.workers.find(({ name }) => name === 'mlp')!.loss
    })
    const [one, two] = await Promise.all(results)
    expect(one).to.not.equal(two)
  })

  it('stops at Ctrl-C with exit code 130', async () => {
    const { process, says, ended } = startDemo('--topics', 'close')
    await says('round   1/500')
    process.kill('SIGINT')
    const { code, output } = await ended
    expect(output).to.include('Stopped')
    expect(code).to.equal(130)
  })

  it('stays alive with --keep: members play on, and a guest takes a seat, until Ctrl-C', async function () {
    this.timeout(600_000)
    const folder = join(freshFolder('keep'), 'guest')
    const kept = ['--keep', '--speed', '6', '--folder', folder]
    const { process, says, ended } = startDemo('--rounds', '1', '--topics', 'close', ...kept)
    const output = await says('until Ctrl-C')
    const topic = /topic +(0x[0-9a-f]{64}) live/.exec(output)![1]!
    const config = ['--config', join(folder, 'worker.yaml')]

    for (const words of [
      ['deposit', topic, '1000'],
      ['activate', topic],
      ['seat', topic],
    ]) {
      const { code, errors } = await startAuspex('stake', ...words, ...config).ended
      expect(code, errors).to.equal(0)
    }
    await says(' settled\n')

    process.kill('SIGINT')
    expect((await ended).code).to.equal(0)
  })
})
