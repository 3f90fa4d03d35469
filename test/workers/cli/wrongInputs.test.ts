/* What a stranger types wrong on the command line costs a sentence with 2: nothing is asked of a chain, nothing is written. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { draftTopic, usualOf } from '../../../cli/src/topic/draftTopic.ts'
import { runHere } from '../../helpers/commandLine.ts'
import { freshFolder } from '../../helpers/freshFolder.ts'

const TOPIC = `0x${'11'.repeat(32)}`
const ADDRESS = `0x${'22'.repeat(20)}` as const
/** One of its capitals does not fit its checksum. */
const MISTYPED = '0x5FbDB2315678afecb367f032d93F642f64180aA3'

const TOKENS = /amount of tokens is needed, such as 250 or 12\.5/
const TIME = /Seconds are needed, or a number with s, m, h or d/
const HEX64 = /A topic is 0x and 64 hex digits/
const SHARE = /A share is needed, such as 0\.1 or 10%, from 0 to 1/

/** Lines with TOPIC, ADDRESS and FOLDER for what they stand for, and what is answered. */
const WRONG: [string, RegExp][] = [
  ['topics list', /unknown command 'topics' \(Did you mean topic\?\)/],
  ['topic lst', /\(Did you mean list\?\)/],
  ['topic show', /missing required argument 'topic'\. /],
  ['topic show 0x12', HEX64],
  ['topic show 12', HEX64],
  ['topic show TOPIC0', HEX64],
  ['topic show ADDRESS', /and this is an address: auspex topic list shows topics/],
  ['topic fund TOPIC -5', TOKENS],
  ['topic fund TOPIC 1e3', TOKENS],
  ['topic fund TOPIC 1,000', TOKENS],
  ['topic fund TOPIC all', TOKENS],
  ['topic fund TOPIC 0x10', TOKENS],
  ['topic fund TOPIC .5', TOKENS],
  ['topic fund TOPIC 5.', TOKENS],
  ['topic fund TOPIC NaN', TOKENS],
  ['topic fund TOPIC ٣', TOKENS],
  ['topic fund TOPIC 0', /More than 0 tokens are needed/],
  ['topic fund TOPIC 0.00', /More than 0 tokens are needed/],
  ['topic fund TOPIC 1 TEST', /too many arguments/],
  ['topic check', /missing required argument 'file'\. /],
  [
    'topic check none.yaml',
    /There is no file to read at none\.yaml\. Write one with auspex topic new/,
  ],
  ['topic check FOLDER', /There is no file to read at/],
  ['topic check FOLDER/empty.yaml', /description is missing\. Write/],
  ['topic check FOLDER/two.csv', /two\.csv:1:1: the file is wrong: must be a section/],
  ['topic create none.yaml', /There is no file to read at none\.yaml/],
  ['topic new FOLDER/n.yaml --kind prices', /Allowed choices are price, return/],
  ['topic new FOLDER/n.yaml --truth 0x1', /An address is 0x and 40 hex digits/],
  [`topic new FOLDER/n.yaml --truth ${MISTYPED}`, /Its checksum does not match: a digit is wrong/],
  ['topic new FOLDER/n.yaml --cadence 0', /More than 0 seconds are needed/],
  ['topic new FOLDER/n.yaml --cadence -1h', TIME],
  ['topic new FOLDER/n.yaml --cadence hourly', TIME],
  ['topic new FOLDER/n.yaml --cadence 1w', TIME],
  ['topic new FOLDER/n.yaml --sigma 0', /A decimal number above 0 is needed/],
  ['topic new FOLDER/n.yaml --sigma -1', /A decimal number above 0 is needed/],
  ['topic new FOLDER/n.yaml --center 1,5', /A decimal number with at most 18 places/],
  ['topic new FOLDER/n.yaml --stake 0', /More than 0 tokens are needed/],
  ['topic new FOLDER/n.yaml --description=', /Words that can be seen are needed/],
  ['topic new FOLDER/n.yaml --description a\u202Eb', /Words that can be seen are needed/],
  ['topic new FOLDER/no/n.yaml', /There is no folder .*no\. Make it, or name another file/],
  ['topic new FOLDER', /It is a folder, and a file is needed/],
  ['topic simulate FOLDER/topic.yaml --sample --rounds 0', /A whole number from 1 on/],
  ['topic simulate FOLDER/topic.yaml --sample --honest 1.5', /A whole number from 0 on/],
  ['topic simulate FOLDER/topic.yaml --sample --skill 200%', SHARE],
  ['topic simulate FOLDER/topic.yaml --sample --absence much', SHARE],
  ['topic simulate FOLDER/topic.yaml --sample --stake 1', /stakes 50 tokens at least/],
  ['topic simulate FOLDER/topic.yaml --sample --honest 500', /506 workers .* 64 seats/],
  ['topic simulate FOLDER/topic.yaml --sample --report FOLDER/no/r.html', /There is no folder/],
  ['topic simulate FOLDER/topic.yaml --history none.csv', /no file to read at none\.csv\. Check/],
  ['topic simulate FOLDER/topic.yaml --history FOLDER/two.csv', /1 rows, and at least 10/],
  ['topic invite TOPIC --url ftp://x', /An http or https URL is needed/],
  ['topic invite TOPIC --url localhost:8545', /An http or https URL is needed/],
  ['topic invite TOPIC --out FOLDER/two.csv', /There is a file at .* already/],
  ['topic invite TOPIC --out FOLDER/no/w.yaml', /There is no folder/],
  ['send ADDRESS 0', /More than 0 tokens are needed/],
  ['send 0x0 1', /An address is 0x and 40 hex digits/],
  [`send ${MISTYPED} 1`, /Its checksum does not match/],
  ['faucet me', /An address is 0x and 40 hex digits/],
  ['read TOPIC --jsn', /\(Did you mean --json\?\)/],
  ['backtest --rounds 1e3', /A whole number from 1 on/],
  ['backtest --from 2020-02-30', /A day is needed, such as 2016-01-04/],
  ['backtest --report FOLDER/no/r.html', /There is no folder/],
  ['stake deposit TOPIC ten', TOKENS],
  ['stake unstake TOPIC 0', /More than 0 tokens are needed/],
  ['truth deploy feeds', /Allowed choices are feed, return/],
  ['truth deploy feed', /also needs --feed, --heartbeat/],
  ['feed create TOPIC --max-width-share wide', /A share is needed, such as 0\.05 or 5%/],
  ['policy suggest TOPIC --refuse 2', /A share is at most 1, which is 100%/],
  ['policy suggest TOPIC --refuse 101%', /A share is at most 1, which is 100%/],
  ['explain xyz', /Give revert data as hex/],
]

describe('the command line: wrong inputs', () => {
  const folder = freshFolder('wrong')
  // A node would be asked for in vain, and the answer would be another one.
  const config = ['--config', join(folder, 'auspex.yaml')]

  before(() => {
    mkdirSync(folder, { recursive: true })
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
    write('auspex.yaml', `chain: { id: 1, urls: ['http://127.0.0.1:9'], network: '${ADDRESS}' }\n`)
    write('empty.yaml', '')
    write('two.csv', 'date,value\n2020-01-01,1\n')
    const about = {
      description: 'Volatility',
      truth: ADDRESS,
      cadence: 86_400n,
      minStake: '50',
    } as const
    write('topic.yaml', draftTopic({ kind: 'volatility', ...about, ...usualOf.volatility! }))
  })

  const typed = (line: string) => [
    ...line
      .split(' ')
      .map((word) =>
        word.replace('TOPIC', TOPIC).replace('ADDRESS', ADDRESS).replace('FOLDER', folder),
      ),
    // A simulation needs no chain, and takes the token's words from one that is named.
    ...(line.startsWith('topic simulate') ? [] : config),
  ]

  for (const [line, words] of WRONG) {
    it(`${line.replace('\u202E', '…')} is answered with a sentence`, async () => {
      const { code, out, err } = await runHere([...typed(line), '--json'])
      expect(code, err).to.equal(2)
      expect(out).to.equal('')
      const { message } = JSON.parse(err).error
      expect(message).to.match(words)
      expect(message).to.not.match(/ENOENT|undefined|expected \w+ to be|\n {4}at |null/)
    })
  }

  it('writes nothing, and sends no terminal what would turn its line around', async () => {
    expect(existsSync(join(folder, 'n.yaml'))).to.equal(false)
    const { err } = await runHere(typed('topic new FOLDER/n.yaml --description a\u202Eb'))
    expect(err).to.match(/Words that can be seen are needed/)
    expect(err).to.not.include('\u202E')
  })

  it('reads shares in per cent as well', async () => {
    for (const share of ['0.05', '5%', '100%', '1']) {
      const { code, err } = await runHere(typed(`policy suggest TOPIC --refuse ${share}`))
      expect(code, err).to.equal(1)
      expect(err).to.match(/No node answers/)
    }
  })
})
