export const untidy = { "quoted": "twice" }
export function   wide ( a : number ) { return a }
