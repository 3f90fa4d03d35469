/** Numbers drawn from a seed, the same on every machine. */
export interface Random {
  /** 0 to n - 1 */
  below(n: number): number
  /** 0 to n - 1, for any size of n */
  big(n: bigint): bigint
  /** -n to n */
  signed(n: bigint): bigint
  chance(share: number): boolean
  pick<T>(list: readonly T[]): T
}

/** Mulberry32. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let x = Math.imul(state ^ (state >>> 15), 1 | state)
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x
    return (x ^ (x >>> 14)) >>> 0
  }
  const big = (n: bigint) => {
    let x = 0n
    for (let bits = 0n; bits < 32n + BigInt(n.toString(2).length); bits += 32n) {
      x = (x << 32n) | BigInt(next())
    }
    return x % n
  }

  return {
    below: (n) => Math.floor((next() / 2 ** 32) * n),
    big,
    signed: (n) => big(2n * n + 1n) - n,
    chance: (share) => next() / 2 ** 32 < share,
    pick: (list) => {
      const index = Math.floor((next() / 2 ** 32) * list.length)
      const chosen = list[index]
      if (chosen === undefined) throw new RangeError('nothing to pick from')
      return chosen
    },
  }
}
