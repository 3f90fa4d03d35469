/** Where figures were taken. */
export type Machine = { cpu: string; cores: number; memory: string; os: string; node: string }
