import { expect } from 'chai'
import { parseTransforms } from '../../../bench/accuracy/panel/parseTransforms.ts'
import { BadRows, readPanels } from '../../../bench/accuracy/panel/readPanels.ts'
import { writeCsv } from './writeCsv.ts'

const HEADER = 'topic,round,worker,prediction,truth,lag,confidence'
const SHORT = 'topic,round,worker,prediction,truth'
const ROUNDS = Array.from({ length: 10 }, (_, i) => i)

describe('reading panels', () => {
  describe('refuses, with file and line,', () => {
    const refusals = [
      ['a row without a topic', ',0,a,1,2,0,1', /no topic/],
      ['a row without a worker', 'f|t,0,,1,2,0,1', /no worker/],
      ['a round that is no number', 'f|t,first,a,1,2,0,1', /round is not a whole number/],
      ['a negative lag', 'f|t,0,a,1,2,-1,1', /lag is not a whole number/],
      ['a missing truth', 'f|t,0,a,1,,0,1', /truth is not usable/],
      ['a prediction that is no number', 'f|t,0,a,high,2,0,1', /prediction is not usable: high/],
      ['an infinite prediction', 'f|t,0,a,Infinity,2,0,1', /prediction is not usable/],
      ['a prediction too large for the network', 'f|t,0,a,1e14,2,0,1', /prediction is not usable/],
      ['a confidence above 1', 'f|t,0,a,1,2,0,1.5', /confidence is not in/],
      ['a confidence of 0', 'f|t,0,a,1,2,0,0', /confidence is not in/],
      ['a row that stops early', 'f|t,0,a', /3 fields for 7 columns/],
      ['a row with a field too many', 'f|t,0,x,100,5,100,1,1', /8 fields for 7 columns/],
      ['hexadecimal digits', 'f|t,0,a,0x10,2,0,1', /prediction is not usable: 0x10/],
      ['a thousands separator', 'f|t,0,a,"1,000",2,0,1', /prediction is not usable: 1,000/],
      ['a confidence that rounds to nothing', 'f|t,0,a,1,2,0,0.00004', /below one basis point/],
      ['a round beyond what a double counts', 'f|t,9007199254740993,a,1,2,0,1', /round is not/],
      ['another truth for the same round', 'f|t,0,b,1,3,0,1', /another truth in round 0/],
      ['another lag for the same round', 'f|t,0,b,1,2,4,1', /another lag in round 0/],
      ['a worker twice in a round', 'f|t,0,ok,1,2,0,1', /ok predicts twice in round 0/],
    ] as const
    for (const [what, row, reason] of refusals) {
      it(what, async () => {
        const path = writeCsv({ name: 'bad.csv', lines: [HEADER, 'f|t,0,ok,1,2,0,1', row] })
        const error = await refusal(path)
        expect(error.rows).to.have.length(1)
        expect(error.message).to.match(reason)
        expect(error.message).to.include(`${path}:3: `)
      })
    }

    it('a file without one of the columns', async () => {
      const path = writeCsv({ name: 'bad.csv', lines: ['topic,round,worker,truth', 't,0,a,1'] })
      expect((await refusal(path)).message).to.equal(`${path}:1: no column prediction`)
    })

    it('a file without rows', async () => {
      const path = writeCsv({ name: 'empty.csv', lines: [HEADER] })
      expect((await refusal(path)).message).to.equal(`${path}:1: no rows`)
    })

    it('a count below -1 on a logarithmic scale', async () => {
      const path = writeCsv({ name: 'bad.csv', lines: [SHORT, 'f|t,0,ok,-2,2'] })
      expect((await refusal(path, 'log1p')).message).to.include('prediction is not usable: -2')
    })

    it('all bad rows at once', async () => {
      const path = writeCsv({ name: 'bad.csv', lines: [SHORT, 'f|t,x,a,1,2', 'f|t,y,a,1,2'] })
      expect((await refusal(path)).rows).to.have.length(2)
    })
  })

  describe('given good rows', () => {
    const lines = [
      'truth,note,worker,topic,round,prediction,lag,confidence',
      ...ROUNDS.flatMap((round) => [
        `7,x,__official_ensemble__,f|t,${round},6,2,`,
        `7,x,a,f|t,${round},5,2,0.25`,
        ...(round === 4 ? [] : [`7,x,b,f|t,${round},8,2,`]),
      ]),
    ]

    it('finds columns by name, packed or plain', async () => {
      const plain = await read(writeCsv({ name: 'p.csv', lines }))
      const packed = await read(writeCsv({ name: 'p.csv.gz', lines }))
      expect(plain[0]?.topics).to.deep.equal(packed[0]?.topics)
      expect(plain[0]?.file).to.equal('p.csv')
      expect(plain[0]?.topics[0]?.rounds[0]).to.deep.equal({
        number: 0,
        lag: 2,
        truth: 7,
        entries: [
          { worker: 'a', prediction: 5, confidence: 0.25 },
          { worker: 'b', prediction: 8, confidence: 1 },
        ],
      })
    })

    it('takes a missing row for an absent worker and the official ensemble for none', async () => {
      const [panel] = await read(writeCsv({ name: 'p.csv', lines }))
      const present = panel?.topics[0]?.rounds[4]?.entries.map(({ worker }) => worker)
      expect(present).to.deep.equal(['a'])
    })

    it('brings rounds into order and keeps families apart', async () => {
      const mixed = ROUNDS.toReversed().flatMap((round) =>
        ['f|t', 'g'].flatMap((topic) => [`${topic},${round},a,1,2`, `${topic},${round},b,1,2`]),
      )
      const panels = await read(writeCsv({ name: 'p.csv', lines: [SHORT, ...mixed] }))
      expect(panels.map(({ family }) => family)).to.deep.equal(['f', 'g'])
      expect(panels[1]?.topics[0]?.rounds.map(({ number }) => number)).to.deep.equal(ROUNDS)
    })

    it('leaves out topics with too few rounds or workers, and counts them', async () => {
      const rows = [
        ...ROUNDS.slice(1).flatMap((round) => [`f|short,${round},a,1,2`, `f|short,${round},b,1,2`]),
        ...ROUNDS.map((round) => `f|lonely,${round},a,1,2`),
        ...ROUNDS.flatMap((round) => [`f|fine,${round},a,1,2`, `f|fine,${round},b,1,2`]),
      ]
      const [panel] = await read(writeCsv({ name: 'p.csv', lines: [SHORT, ...rows] }))
      expect(panel?.topics.map(({ name }) => name)).to.deep.equal(['f|fine'])
      expect(panel?.leftOut).to.equal(2)
    })

    it('transforms the families it is told to', async () => {
      const rows = ROUNDS.flatMap((round) =>
        ['f|t', 'g|t'].flatMap((topic) => [`${topic},${round},a,1,2`, `${topic},${round},b,1,2`]),
      )
      const path = writeCsv({ name: 'p.csv', lines: [SHORT, ...rows] })
      const truths = async (spec: string) =>
        (await read(path, spec)).map(({ topics }) => topics[0]?.rounds[0]?.truth)
      expect(await truths('log1p')).to.deep.equal([Math.log(3), Math.log(3)])
      expect(await truths('g=log1p')).to.deep.equal([2, Math.log(3)])
      expect(() => parseTransforms('f=square')).to.throw('unknown transform: f=square')
    })
  })
})

function read(path: string, transform?: string) {
  return readPanels({ path, transformOf: parseTransforms(transform) })
}

async function refusal(path: string, transform?: string): Promise<BadRows> {
  const outcome: unknown = await read(path, transform).catch((error: unknown) => error)
  if (!(outcome instanceof BadRows)) throw new Error(`not refused: ${path}`, { cause: outcome })

  return outcome
}
