import type { Memory } from './forecaster.ts'

export function requireOwnMemory({ name, memory }: { name: string; memory: Memory }): void {
  if (memory.name === name) return
  throw new Error(`${name} cannot load the memory of ${memory.name}`)
}
