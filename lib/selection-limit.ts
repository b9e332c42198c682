/** A selection is held in a browser and changed in parts: this is as many rows as anybody can answer for. */
export const MOST_SELECTED = 10_000
