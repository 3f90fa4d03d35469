/* A chain in a process of its own: shared with the chaos scenarios, which play on the same one. */
export * from '../../chaos/src/anvil.ts'
