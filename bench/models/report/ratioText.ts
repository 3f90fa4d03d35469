import type { Ratio } from '../compare/ratiosOf.ts'
import type { Row } from '../compare/Row.ts'

export function ratioText({
  ratios,
  row,
  of,
}: {
  ratios: readonly Ratio[]
  row: Row
  of: 'fit' | 'step' | 'predict'
}): string {
  const ratio = ratios.find(
    ({ forecaster, backend, batch }) =>
      forecaster === row.forecaster && backend === row.backend && batch === row.batch,
  )
  return ratio?.[of]?.toPrecision(2) ?? '-'
}
