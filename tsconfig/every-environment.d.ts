// The globals that Node and pages have in common and that the contract, typed for neither, may use.
declare class URL {
  static canParse(text: string): boolean;
  constructor(text: string);
  readonly protocol: string;
  readonly hostname: string;
}
