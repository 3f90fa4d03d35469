export { findScenario, runScenario } from './runScenario.ts'
export type { Outcome } from './runScenario.ts'
export { scenarios, soakOf } from './scenarios.ts'
export type { Scenario } from './scenarios.ts'
