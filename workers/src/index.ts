/* The one door of the package: everything public is named here. */

export { createReputer } from './roles/createReputer.ts'
export type { Reputer, ReputerOptions } from './roles/createReputer.ts'
export { createWorker } from './roles/createWorker.ts'
export type { Worker, WorkerOptions } from './roles/createWorker.ts'
export { predictWith } from './roles/predictWith.ts'
export type { Moment, Predict } from './roles/predictWith.ts'
export type { ReputerStep, ReputerTurn } from './roles/reputer.ts'
export type { Predicted, WorkerStep, WorkerTurn } from './roles/worker.ts'
export { fromFeed } from './roles/truths/fromFeed.ts'
export { fromReports } from './roles/truths/fromReports.ts'
export type { Observe, ReportOptions } from './roles/truths/fromReports.ts'
export type { TruthAdapter } from './roles/truths/truthAdapter.ts'

export { openJournal } from './journal/openJournal.ts'
export type { Entry, Journal, JournalScope, Kept } from './journal/journal.ts'

export { connectReputer } from './http/connectReputer.ts'
export { deskApp } from './http/deskApp.ts'
export type { DeskAppOptions, Gate } from './http/deskApp.ts'
export { gateOf } from './http/gateOf.ts'
export { openDesk } from './http/openDesk.ts'
export type { Desk, Offer } from './http/desk.ts'
export type { Answer, CommitmentOffer, Endpoint, OpeningOffer } from './http/endpoint.ts'

export { saltKeyOf } from './keys/saltKeyOf.ts'
export { silent } from './runtime/silent.ts'
export type { Log } from './runtime/log.ts'
