// Only the wire's own names are allowed here: transactionAmount, '/v4/poslink/transaction/pay'.
export const transactionList: string[] = [];
