const number = (digits: number) =>
  new Intl.NumberFormat('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })
const MIB = 2 ** 20
const KIB = 2 ** 10

const [none, one, two] = [number(0), number(1), number(2)]

/** Numbers as tables write them. */
export const format = {
  whole: (value: number) => none.format(value),
  tenths: (value: number) => one.format(value),
  percent: (share: number) => `${two.format(share * 100)} %`,
  mib: (bytes: number) => `${one.format(bytes / MIB)} MiB`,
  kib: (bytes: number) => `${two.format(bytes / KIB)} KiB`,
  seconds: (ms: number) => `${one.format(ms / 1000)} s`,
}
