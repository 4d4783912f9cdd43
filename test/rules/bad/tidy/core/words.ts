export function pay(transactionAmount: number) {
  return transactionAmount;
}
