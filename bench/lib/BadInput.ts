/** What the user can mend. Its message is all there is to say. */
export class BadInput extends Error {}
