/* What Ponder calls its parts, in the few types that are used here; its own are made of the whole ABI and slow to check. */

declare module 'ponder:registry' {
  type Indexed = import('./src/index.ts').Indexed
  export const ponder: { on(event: string, run: (indexed: Indexed) => Promise<void>): void }
}

declare module 'ponder:schema' {
  const schema: typeof import('./ponder.schema.ts')
  export default schema
}

declare module 'ponder:api' {
  export const db: import('../src/source.ts').Database
}
