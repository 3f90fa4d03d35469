import { strict as assert } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { test } from 'node:test'

test('the model answers every round, knows nothing too early, and beats the mean', () => {
  const output = execFileSync(
    'auspex',
    ['backtest', '--config', 'worker.yaml', '--rounds', '60', '--json'],
    { encoding: 'utf8', shell: process.platform === 'win32' },
  )
  const { grade, abstained, leaks, assessment } = JSON.parse(output)
  console.log(`grade ${grade}`)
  assert.match(grade, /^[A-D]$/)
  assert.equal(abstained, 0)
  assert.deepEqual(leaks, [])
  const duel = assessment.duels.find(({ rival }: { rival: string }) => rival === 'mean')
  assert.ok(duel.ratio < 1, `its loss is ${duel.ratio} of the mean's`)
})
