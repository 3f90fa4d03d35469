import type { Row } from '../compare/Row.ts'

export function differenceText({ differenceFromCpu, agrees }: Row): string {
  if (agrees === null) return '-'
  const difference = differenceFromCpu === null ? 'no number' : differenceFromCpu.toExponential(1)
  return agrees ? difference : `${difference} !`
}
