/** What transactions cost: gas used, and bytes of calldata. */
export type Cost = { gas: number; calldata: number }

export type Measured<Result> = { cost: Cost; result: Result }
