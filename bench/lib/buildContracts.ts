import hre from 'hardhat'

/** Compiles the contracts where they have changed. */
export async function buildContracts(): Promise<void> {
  await hre.tasks.getTask('build').run({ quiet: true, noTests: true })
}
