// Each line breaks one of the strict options.
export const third: string = ['a', 'b'][2];
export const optional: { name?: string } = { name: undefined };
export enum Kind {
  Paid,
}
export class Holder {
  constructor(readonly value: string) {}
}
