import { strict as assert } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

const result = JSON.parse(
  execFileSync('auspex', ['topic', 'simulate', 'topic.yaml', '--sample', '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }),
)

test('the interval holds the truth about as often as it promises', () => {
  const { coverage, promised } = result
  assert.ok(Math.abs(coverage - promised) < 0.1, `${coverage} instead of ${promised}`)
})

test('few rounds are void', () => {
  assert.ok(result.voids.share < 0.05, `a share of ${result.voids.share}`)
})

test('the pool pays for skill: colluders lose, and nobody earns more than the honest', () => {
  const perDay = Object.fromEntries(
    result.earned.map(({ role, perDay }: { role: string; perDay: number }) => [role, perDay]),
  )
  assert.ok(perDay.colluding < 0, `colluders earn ${perDay.colluding} a day`)
  assert.ok(perDay.honest > Math.max(perDay.lazy, perDay.copying), JSON.stringify(perDay))
})
