/** For rules that learn nothing. */
export function ignore(): void {}
