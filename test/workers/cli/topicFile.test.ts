/* The file of a topic: whatever is wrong with it costs a sentence, which says what to write instead. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { parseUnits } from 'viem'
import { openConfig } from '../../../cli/src/config/readConfig.ts'
import { topicFile } from '../../../cli/src/config/topicFile.ts'
import { paramsOf } from '../../../cli/src/topic/checkTopic.ts'
import { termFaults } from '../../../cli/src/topic/termFaults.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

const NOW = 1_798_761_600n
const base: { [field: string]: string } = {
  description: 'A price, half an hour ahead',
  truth: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  decimals: '8',
  seats: '16',
  ringSize: '4',
  risk: '0.04',
  start: '2027-01-04T16:00:00Z',
  cadence: '1h',
  commitWindow: '10m',
  revealWindow: '600',
  lead: '1m',
  horizon: '80m',
  truthWindow: '1h',
  activationDelay: '2h',
  unstakeDelay: '1d',
  minWorkers: '3',
  minWager: '0.5',
  minStake: '50',
  interval: '0.9',
  kind: 'price',
  poolRate: '0.01',
  poolShare: '10%',
  rewardCap: '0.002',
  tip: '0.0002',
  referenceRate: '1',
  domain: 'adaptive',
  domainScale: '2',
  min: '0',
  max: '1000',
  center: '100.25',
  sigma: '5',
}

describe('the file of a topic', () => {
  const file = join(freshFolder('topic-file'), 'topic.yaml')
  const textOf = (fields: { [field: string]: string }) =>
    Object.entries(fields).map(([field, value]) => `${field}: ${value}`)

  /** What is said of a file; nothing where it is accepted. */
  function refusalsOf(lines: readonly string[]): string[] {
    writeFileSync(file, `${lines.join('\n')}\n`)
    try {
      const opened = openConfig({ file, schema: topicFile })
      const token = { units: (tokens: string) => parseUnits(tokens, 18) }
      const faults = termFaults(paramsOf(opened.data, { token, now: NOW }), NOW)
      return faults.length === 0 ? [] : opened.refuse(faults).message.split('\n')
    } catch (error) {
      return (error as Error).message.split('\n')
    }
  }

  /** Does what a refusal says. */
  function mended(lines: readonly string[], refusal: string): string[] {
    const [, row] = /^.*topic\.yaml:(\d+):\d+: /.exec(refusal) ?? []
    const [, write] = /Write `([^`]+)`/.exec(refusal) ?? []
    const place = Number(row) - 1
    // Where the truth comes from is the creator's to know: the words say how to make a source.
    if (/: truth is /.test(refusal)) {
      expect(refusal).to.contain('`auspex truth deploy`')
      const isThere = lines.some((line) => line.startsWith('truth:'))
      const truth = `truth: ${base.truth}`
      return isThere ? lines.map((line, i) => (i === place ? truth : line)) : [...lines, truth]
    }
    const [field] = /(?<=: )\w+/.exec(refusal) ?? []
    if (write === undefined) {
      expect(refusal).to.contain('Remove the line')
      return lines.filter((_, i) => i !== place)
    }
    // A name that was meant stands in for the one that was written.
    if (!write.includes(': ')) {
      return lines.map((line, i) => (i === place ? line.replace(/^[^:]+/, write) : line))
    }
    const isThere = lines[place]?.startsWith(`${field}:`)
    return isThere ? lines.map((line, i) => (i === place ? write : line)) : [...lines, write]
  }

  /** Follows what is said until the file is accepted; gives everything that was said. */
  function followed(lines: readonly string[]): string[] {
    const said: string[] = []
    let now = lines
    for (let left = 12; left > 0; left--) {
      const refusals = refusalsOf(now)
      if (refusals.length === 0) return said
      said.push(refusals[0]!)
      now = mended(now, refusals[0]!)
    }
    expect.fail(`never accepted: ${said.join('\n')}`)
  }

  it('is accepted as it stands, and with shares in per cent', () => {
    expect(refusalsOf(textOf(base))).to.deep.equal([])
    const inPercent = { ...base, risk: '4%', interval: '95 %', poolRate: "'1%'", tip: '0.02%' }
    expect(refusalsOf(textOf(inPercent))).to.deep.equal([])
    writeFileSync(file, textOf(inPercent).join('\n'))
    const { data } = openConfig({ file, schema: topicFile })
    expect(data).to.include({ riskBps: 400n, intervalBps: 9500n, poolRateBps: 100n, tipBps: 2n })
  })

  /** Sixty wrong inputs and the words for them: field, value, words. */
  const table: readonly (readonly [string, string, RegExp])[] = [
    ['description', '', /must be text/],
    ['description', '"  "', /says nothing/],
    ['description', '"\\u202Egnp.exe"', /holds the character \\u\{202e\}, which cannot be seen/],
    ['description', `"${'x'.repeat(281)}"`, /is 281 bytes long, and at most 280 fit/],
    ['description', `"${'€'.repeat(94)}"`, /is 282 bytes long/],
    ['description', '[a, b]', /must be text, and is a list/],
    ['truth', '0x5fbDB2315678afecb367f032d93F642f64180aa3', /do not match its checksum/],
    ['truth', '0x5FbDB2315678afecb367f032d93F642f64180aa', /must be an address: 0x and 40 hex/],
    ['truth', 'vitalik.eth', /must be an address.*and is "vitalik.eth"/],
    ['truth', '12', /must be an address/],
    ['decimals', '19', /must be a whole number from 0 to 18, and is 19/],
    ['decimals', '8.5', /must be a whole number from 0 to 18, and is 8.5/],
    ['decimals', 'eight', /must be a whole number from 0 to 18, and is "eight"/],
    ['seats', '0', /must be a whole number from 1 to 256, and is 0/],
    ['seats', '257', /must be a whole number from 1 to 256, and is 257/],
    ['ringSize', '0', /must be a whole number from 1 to 255/],
    ['ringSize', '256', /must be a whole number from 1 to 255/],
    ['risk', '0', /must be above 0/],
    ['risk', '-0.04', /must be above 0, and is -0.04/],
    ['risk', '4', /at most 0.16, which is 16%; for 4 per cent write 4%/],
    ['risk', '0.00004', /below one basis point .*at least 0.0001, which is 0.01%/],
    ['risk', '400bps', /must be a share such as 0.04, or 4%, and is "400bps"/],
    ['risk', '4 percent', /must be a share/],
    ['risk', '0.05', /at most 0.04 with a ringSize of 4.*both together may be 0.16/],
    ['start', 'tomorrow', /unix seconds, or a time with its zone/],
    ['start', '2027-01-04', /unix seconds, or a time with its zone/],
    ['start', '2027-01-04 16:00', /unix seconds, or a time with its zone/],
    ['start', '2020-01-04T16:00:00Z', /between now, 2027-01-01T00:00:00Z, and a year from now/],
    ['start', '2029-01-04T16:00:00Z', /between now/],
    ['start', '-5', /unix seconds/],
    ['cadence', '0', /must be from 1 second to 194 days/],
    ['cadence', '1 hour', /whole number with s, m, h or d such as 90m, and is "1 hour"/],
    ['cadence', '1.5h', /whole number with s, m, h or d/],
    ['cadence', '-1h', /whole number with s, m, h or d/],
    ['cadence', '1y', /whole number with s, m, h or d/],
    ['cadence', '195d', /must be from 1 second to 194 days/],
    ['commitWindow', '[10m]', /must be seconds, or.*and is a list/],
    ['revealWindow', '0', /must be from 1 second/],
    ['lead', '0', /must be from 1 second/],
    ['horizon', '10m', /at least commitWindow, revealWindow and lead together, 21m/],
    ['horizon', '5h', /ringSize is wrong: must be at least 5.*horizon of 5h.*cadence of 1h/],
    ['truthWindow', '0s', /must be from 1 second/],
    ['activationDelay', 'soon', /must be seconds, or/],
    ['unstakeDelay', '1000d', /must be from 0 to 194 days/],
    ['minWorkers', '0', /must be a whole number from 1 to 255/],
    ['minWorkers', '17', /at most as many as there are seats, 16/],
    ['minWager', '-1', /must be an amount of tokens, such as 250 or 12.5, and is -1/],
    ['minWager', '1e-7', /must be an amount of tokens/],
    ['minStake', '0', /must be more than nothing/],
    ['minStake', '50 DAI', /must be an amount of tokens.*and is "50 DAI"/],
    ['interval', '0.85', /must be 0.8, 0.9 or 0.95/],
    ['interval', '90', /at most 1, which is 100%; for 90 per cent write 90%/],
    ['kind', 'stock', /must be one of price, return, volatility, probability, rate, generic/],
    ['poolRate', '0.1', /at most 0.0833 with a ringSize of 4/],
    ['tip', '0.02', /at most 0.01, which is 1%/],
    ['referenceRate', '0', /must be above 0/],
    ['domain', 'wide', /must be one of adaptive, relative, fixed/],
    ['domainScale', '7', /at most 6.5/],
    ['domainScale', '0', /must be above 0 in a domain that is adaptive/],
    ['min', '2000', /max is wrong: must be above min, 2000/],
    ['max', '-5', /must be above min, 0, and is -5/],
    ['max', '1e9', /must be a decimal number|must be between/],
    ['center', '1000.5', /must lie from min to max, 0 to 1000, and is 1000.5/],
    ['center', '100,25', /must be a decimal number with at most 18 places.*and is "100,25"/],
    ['sigma', '0', /must be above 0/],
    ['sigma', '-5', /must be above 0/],
  ]

  for (const [field, value, words] of table.filter(([, value]) => value !== '1e9')) {
    it(`says of ${field}: ${value.slice(0, 40)} what to write instead`, () => {
      const lines = textOf({ ...base, [field]: value })
      const [first] = refusalsOf(lines)
      expect(first).to.match(words)
      expect(first).not.to.match(/Bps|Too (big|small)|expected|base units|any larger/)
      followed(lines)
    })
  }

  it('names the field that was meant, or says to remove the line', () => {
    const misspelt = textOf(base).map((line) => line.replace('cadence:', 'cadance:'))
    expect(refusalsOf(misspelt).join('\n')).to.match(
      /topic\.yaml:8:1: cadance is no field of this file\. Write `cadence` for it\./,
    )
    followed(misspelt)
    const foreign = [...textOf(base), 'colour: red']
    expect(refusalsOf(foreign)).to.deep.equal([
      `${file}:${foreign.length}:1: colour is no field of this file. Remove the line.`,
    ])
    followed(foreign)
  })

  describe('given any field, and anything that could stand in it', () => {
    const wrong = [
      '[1, 2]',
      '{ a: 1 }',
      'true',
      'lots',
      '5 parsecs',
      '-1',
      '-7d',
      '0',
      '0.00000001',
    ]
    const more = ['1000000000000000000000', '99999999d', '1e40', '.inf', '.nan', '"\\u200b"', '~']
    for (const [place, field] of Object.keys(base).entries()) {
      it(`costs a sentence in ${field}: file, line, field, value and what is accepted`, () => {
        let refused = 0
        for (const value of [...wrong, ...more]) {
          const lines = textOf({ ...base, [field]: value })
          const refusals = refusalsOf(lines)
          if (refusals.length === 0) continue
          refused += 1
          for (const refusal of refusals) {
            expect(refusal, `${field}: ${value}`).to.match(/topic\.yaml:\d+:1: \w+ is /)
            expect(refusal).to.match(/Write `\w+: .+`\.|`auspex truth deploy`/)
            expect(refusal).to.match(/, and is |is missing/)
          }
          const own = refusals.find((each) => each.includes(`topic.yaml:${place + 1}:1: ${field} `))
          // A value that is possible by itself may be told at another field that it does not fit.
          if (own === undefined)
            expect(refusals[0]).to.match(
              /: (ringSize|cadence|horizon|max|center|risk|poolRate|minWorkers) is wrong/,
            )
          followed(lines)
        }
        expect(refused).to.be.above(7)
        const without = textOf(base).filter((line) => !line.startsWith(`${field}:`))
        for (const refusal of refusalsOf(without)) expect(refusal).to.match(/is missing/)
        followed(without)
      })
    }
  })
})
