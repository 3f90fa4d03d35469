/* Words that others wrote, and words that are run next. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { readConfig } from '../../../cli/src/config/readConfig.ts'
import { topicFile } from '../../../cli/src/config/topicFile.ts'
import { workerConfig } from '../../../cli/src/config/workerConfig.ts'
import { pasteable, print } from '../../../cli/src/print.ts'
import { timelineOf, warningsOf } from '../../../cli/src/topic/timelineOf.ts'
import { unseenIn, visible, visibleJson } from '../../../workers/src/runtime/visible.ts'

const UNSEEN = [
  '\u202E',
  '\u200B',
  '\u200D',
  '\u2066',
  '\u061C',
  '\uFEFF',
  '\u00AD',
  '\n',
  '\u2028',
]
const MORE = ['\x1B[31m', '\x00', '\x7F', '\x9B', '\uD800', '\u3164', '\u{E0041}', '\r', '\t']

describe('words that others wrote', () => {
  it('are shown with every character that cannot be seen by its number', () => {
    for (const text of [...UNSEEN, ...MORE]) {
      expect(unseenIn(`Will it${text} rain?`), JSON.stringify(text)).to.match(/^\\u\{[0-9a-f]+\}$/)
      expect(visible(`a${text}b`)).to.match(/^a\\u\{[0-9a-f]+\}/)
    }
    expect(visible('\u202Egnp.exe')).to.equal('\\u{202e}gnp.exe')
  })

  it('stay as they are where they can be seen', () => {
    for (const text of [
      'Preis in € je MWh – Österreich',
      '价格',
      'سعر',
      'цена 🌧',
      "it's 5% \\u{1}",
    ]) {
      expect(unseenIn(text)).to.equal(undefined)
      expect(visible(text)).to.equal(text)
    }
  })

  it('are the same in JSON, harmless to look at', () => {
    const value = { text: [...UNSEEN, ...MORE].join('x') }
    const json = visibleJson(JSON.stringify(value))
    expect(JSON.parse(json)).to.deep.equal(value)
    expect(unseenIn(json)).to.equal(undefined)
  })

  it('are shown so by every command that prints', () => {
    const { log } = console
    const lines: string[] = []
    console.log = (line: string) => void lines.push(line)
    try {
      print({ json: false, data: {}, lines: ['asks \u202Egnp'], next: 'nothing' })
      print({ json: true, data: { text: '\u202E' }, lines: [], next: '' })
    } finally {
      console.log = log
    }
    expect(lines).to.deep.equal([
      'asks \\u{202e}gnp',
      'Next: nothing',
      '{"schema":1,"text":"\\u202e"}',
    ])
  })

  it('are refused in the file of a new topic', () => {
    const folder = mkdtempSync(join(tmpdir(), 'auspex-words-'))
    try {
      for (const text of ['\\u202E', '\\u200B', '\\n', '\\e[31m']) {
        const file = join(folder, 'topic.yaml')
        writeFileSync(file, `description: "price${text} of it"\n`)
        expect(() => readConfig({ file, schema: topicFile })).to.throw(
          /topic\.yaml:1:1: description is wrong: holds the character \\u\{/,
        )
      }
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

describe('a topic’s timeline', () => {
  const terms = {
    start: 1_796_212_800n,
    cadence: 3600n,
    commitWindow: 300n,
    revealWindow: 300n,
    horizon: 1200n,
    truthWindow: 1n,
  }

  it('is warned of where the feed has a gap, or a truth has no time', () => {
    const [gap, truth, timeline] = warningsOf(terms)
    expect(gap).to.match(
      /no live forecast from 2026-12-02T12:20:00Z to 2026-12-02T13:10:00Z, 3000 s/,
    )
    expect(gap).to.match(/horizon at least 4200 s/)
    expect(truth).to.match(/1 s after its target.*truthWindow at least 60 s/)
    expect(timeline).to.equal(`the timeline: ${timelineOf(terms)}`)
    expect(timeline).to.match(/round 0 opens .*12:00:00Z; commits until .*12:05:00Z; reveals until/)
  })

  it('is no matter where it has neither', () => {
    expect(warningsOf({ ...terms, horizon: 4200n, truthWindow: 60n })).to.deep.equal([])
    expect(warningsOf({ ...terms, horizon: 4199n, truthWindow: 60n })).to.have.length(2)
  })
})

describe('what is to be run next', () => {
  const argv = (file: string) => ['node', 'auspex', 'topic', 'list', '--config', file]

  it('names the configuration, as a shell takes it for one word', () => {
    expect(pasteable('auspex read 0x12', argv('a.yaml'))).to.equal(
      'auspex read 0x12 --config a.yaml',
    )
    const next = pasteable(
      'after 2026-12-02T12:00:00Z: auspex read 0x12',
      argv("it's mine/a b.yaml"),
    )
    const command = next.replace(/^after \S+: auspex/, 'printf "%s\\n"')
    const { stdout } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
    expect(stdout).to.equal("read\n0x12\n--config\nit's mine/a b.yaml\n")
  })

  it('stays as it is where no configuration was named, or it is no command', () => {
    expect(pasteable('auspex read 0x12', ['node', 'auspex'])).to.equal('auspex read 0x12')
    expect(pasteable('watch the log', argv('a.yaml'))).to.equal('watch the log')
  })
})

describe('a share', () => {
  it('is refused where it would round to nothing', () => {
    const folder = mkdtempSync(join(tmpdir(), 'auspex-share-'))
    try {
      const file = join(folder, 'worker.yaml')
      writeFileSync(file, 'confidence: 0.00004\npatience: 0.00001\n')
      expect(() => readConfig({ file, schema: workerConfig })).to.throw(
        /worker\.yaml:1:1: confidence is wrong: is below one basis point.*at least 0[^]*worker\.yaml:2:1: patience/,
      )
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
