// What a person reads for each error code: what happened, whether the money is safe, what to do now. Plain words of a
// till, no technical ones. One table per language, so that a missing text is a type error.
import type { ErrorCode } from './errors.ts';

/** `what`: what happened, short enough for a heading. `money`: is it safe. `todo`: the next step. */
export type ErrorText = { what: string; money: string; todo: string };

const zh: Record<ErrorCode, ErrorText> = {
  'E-AUTH-01': { what: '工号或密码不对', money: '与收款无关。', todo: '请重新输入密码。' },
  'E-AUTH-02': { what: '还没有登录', money: '没有收款。', todo: '请先登录。' },
  'E-AUTH-03': { what: '没有这项权限', money: '没有任何改动。', todo: '请叫店长来操作。' },
  'E-AUTH-04': {
    what: '密码连续输错，暂时锁定',
    money: '与收款无关。',
    todo: '请稍等一会儿再登录，或换人登录。',
  },
  'E-RPC-01': {
    what: '程序内部消息不完整',
    money: '没有任何改动。',
    todo: '请再按一次；如再出现，请联系技术员。',
  },
  'E-RPC-02': {
    what: '程序版本不一致',
    money: '没有任何改动。',
    todo: '请重启收银机；如再出现，请联系技术员。',
  },
  'E-RPC-03': { what: '输入的内容不合要求', money: '没有任何改动。', todo: '请检查后重新输入。' },
  'E-CFG-01': { what: '配置文件有误', money: '已有的账目完好。', todo: '请联系技术员改正配置。' },
  'E-CFG-02': { what: '商品资料有误', money: '已有的账目完好。', todo: '请联系技术员重新导入商品。' },
  'E-DB-01': {
    what: '账本文件已损坏',
    money: '为保住账目，本机已停止收款。',
    todo: '不要关机，请联系技术员。',
  },
  'E-DB-02': {
    what: '账本由更新的程序写成',
    money: '账目完好，本程序不敢改动。',
    todo: '请联系技术员升级程序。',
  },
  'E-DB-03': {
    what: '账本少了最后几笔',
    money: '最后几笔可能已收款却没有记账。',
    todo: '请保留小票和顾客凭证，联系技术员核对。',
  },
  'E-DB-04': {
    what: '账本前后对不上，可能被改动',
    money: '为保住账目，本机已停止收款。',
    todo: '不要关机，请通知店长和技术员。',
  },
  'E-DB-05': { what: '收银程序已在运行', money: '账目完好。', todo: '请使用已打开的窗口，或重启收银机。' },
  'E-DB-06': {
    what: '账本打不开',
    money: '不记账就不收款，本机已停止收款。',
    todo: '请检查磁盘空间，并联系技术员。',
  },
  'E-SCAN-01': { what: '扫到的内容无法识别', money: '没有收款。', todo: '请再扫一次。' },
  'E-SCAN-02': { what: '没有这个商品', money: '没有加入本单。', todo: '请核对条码，或按 F2 查找商品。' },
  'E-SCAN-03': { what: '现在还不能收款', money: '没有收款。', todo: '请先按「收款」，再扫付款码。' },
  'E-SCAN-04': {
    what: '这是商家的收款码，不是付款码',
    money: '没有收款。',
    todo: '请顾客打开「付款码」再扫。',
  },
  'E-SCAN-05': {
    what: '认不出这个付款码',
    money: '没有收款。',
    todo: '请顾客换一个付款应用，或刷新后再扫。',
  },
  'E-SCAN-06': {
    what: '正在收款，不能加商品',
    money: '本单金额没有变。',
    todo: '先按「返回加商品」，或收完这一单再扫。',
  },
  'E-SCAN-07': { what: '扫到的内容太长', money: '没有收款。', todo: '请确认扫的是商品条码或付款码。' },
  'E-SCAN-08': {
    what: '上一次付款还没有结果',
    money: '没有再次收款。',
    todo: '请等结果出来，不要让顾客再付。',
  },
  'E-SCAN-09': {
    what: '扫码枪断开了',
    money: '没有影响已收的钱。',
    todo: '请检查扫码枪的线或充电；商品可按 F2 输入。',
  },
  'E-SCAN-10': { what: '还没有登录，不能扫码', money: '没有收款。', todo: '请先登录，再扫一次。' },
  'E-SALE-01': { what: '本单还没有商品', money: '没有收款。', todo: '请先扫商品。' },
  'E-SALE-02': { what: '现在不能这样做', money: '没有任何改动。', todo: '请按屏幕上的提示操作。' },
  'E-SALE-03': {
    what: '有一笔付款还没有结果',
    money: '没有重复收款。',
    todo: '请等结果出来；有结果前不能离开本单。',
  },
  'E-SALE-04': { what: '本单已收了一部分', money: '已收的钱记在本单上。', todo: '请把余下的收完。' },
  'E-SALE-05': { what: '超过单笔上限', money: '没有加入本单。', todo: '请分成两单收款。' },
  'E-PAY-01': { what: '付款码已过期或用过', money: '没有扣款。', todo: '请顾客刷新付款码，再扫一次。' },
  'E-PAY-02': { what: '顾客余额不足', money: '没有扣款。', todo: '请顾客换一张卡或换一种付款方式，再扫。' },
  'E-PAY-03': {
    what: '超过顾客的付款限额',
    money: '没有扣款。',
    todo: '请顾客换一张卡或换一种付款方式，再扫。',
  },
  'E-PAY-04': {
    what: '付款被风险控制拦下',
    money: '没有扣款。',
    todo: '请顾客看手机提示，或换一种付款方式。',
  },
  'E-PAY-05': { what: '不支持这种付款', money: '没有扣款。', todo: '请顾客换一种付款方式，再扫。' },
  'E-PAY-06': { what: '这笔订单已关闭', money: '没有扣款。', todo: '请再扫一次付款码。' },
  'E-PAY-07': { what: '结果未知', money: '没有重复扣款。', todo: '正在向收单方查询。请勿再次收款。' },
  'E-PAY-08': {
    what: '收单方拒绝了本机',
    money: '有没有扣款以查询结果为准。',
    todo: '请勿再次收款，联系技术员检查商户设置。',
  },
  'E-PAY-09': { what: '网络不通，没有发出', money: '没有扣款。', todo: '可以再扫一次付款码。' },
  'E-PAY-10': { what: '等待顾客确认', money: '还没有扣款成功。', todo: '请顾客在手机上输入密码。' },
  'E-PAY-11': { what: '正在撤销', money: '如已扣款，会退回顾客。', todo: '撤销成功前，请勿让顾客再付。' },
  'E-PAY-12': { what: '已撤销', money: '顾客没有付这笔钱；如曾扣款，已退回。', todo: '可以重新收款。' },
  'E-PAY-13': {
    what: '有争议，等待核对',
    money: '还不能确定顾客有没有付。',
    todo: '记下单号，交店长与收单方核对。',
  },
  'E-PAY-14': { what: '现在放弃还太早', money: '没有任何改动。', todo: '请再等几秒。' },
  'E-PAY-15': {
    what: '收单方的答复与本单不符',
    money: '这个答复没有采用，正在查询。',
    todo: '请勿再次收款，并通知店长。',
  },
  'E-PAY-16': { what: '付款被拒绝', money: '没有扣款。', todo: '请顾客换一种付款方式，再扫。' },
  'E-OFF-01': { what: '离线，不能收电子付款', money: '没有扣款。', todo: '请等网络恢复后再扫。' },
  'E-OFF-02': { what: '超过离线单笔上限', money: '没有收款。', todo: '请等网络恢复，或分单。' },
  'E-OFF-03': { what: '离线金额已满', money: '没有收款。', todo: '请等网络恢复；已收的会自动提交。' },
  'E-OFF-04': { what: '离线笔数已满', money: '没有收款。', todo: '请等网络恢复；已收的会自动提交。' },
  'E-OFF-05': { what: '这个付款码已离线收过', money: '没有再收一次。', todo: '请顾客刷新付款码，再扫。' },
  'E-OFF-06': {
    what: '这种付款不能离线收',
    money: '没有收款。',
    todo: '请顾客换一种付款方式，或等网络恢复。',
  },
  'E-OFF-07': {
    what: '本机时间不可信，不能离线收',
    money: '没有收款。',
    todo: '请等网络恢复，并请技术员校准时间。',
  },
  'E-OFF-08': {
    what: '离线收的一笔，提交后被拒绝',
    money: '这笔钱没有收到。',
    todo: '记下单号，交店长处理。',
  },
  'E-OFF-09': {
    what: '离线收的一笔，过期未能提交',
    money: '这笔钱没有收到。',
    todo: '记下单号，交店长处理。',
  },
  'E-OFF-10': {
    what: '离线收的一笔，密钥丢失',
    money: '这笔钱无法提交。',
    todo: '记下单号，通知店长和技术员。',
  },
  'E-PRN-01': { what: '打印机缺纸', money: '收款不受影响。', todo: '请换纸，小票会接着打印。' },
  'E-PRN-02': { what: '打印机盖没有关', money: '收款不受影响。', todo: '请关好上盖，小票会接着打印。' },
  'E-PRN-03': { what: '打印机卡刀或卡纸', money: '收款不受影响。', todo: '请关机取出卡纸，再开机。' },
  'E-PRN-04': { what: '打印机连接不上', money: '收款不受影响。', todo: '请检查打印机电源和线。' },
  'E-PRN-05': { what: '打印中断', money: '收款不受影响。', todo: '请看小票是否完整，需要时按 F7 重印。' },
  'E-PRN-06': {
    what: '打印机答复混乱',
    money: '收款不受影响。',
    todo: '请关开一次打印机；如再出现，请联系技术员。',
  },
  'E-PRN-07': {
    what: '已送打印，未得到确认',
    money: '收款不受影响。',
    todo: '请看小票是否打出，需要时按 F7 重印。',
  },
};

const en: Record<ErrorCode, ErrorText> = {
  'E-AUTH-01': {
    what: 'Wrong PIN or operator',
    money: 'No payment is affected.',
    todo: 'Enter the PIN again.',
  },
  'E-AUTH-02': { what: 'Nobody is signed in', money: 'Nothing was charged.', todo: 'Sign in first.' },
  'E-AUTH-03': { what: 'You may not do this', money: 'Nothing was changed.', todo: 'Ask the manager.' },
  'E-AUTH-04': {
    what: 'Too many wrong PINs',
    money: 'No payment is affected.',
    todo: 'Wait a little, or let someone else sign in.',
  },
  'E-RPC-01': {
    what: 'Broken message inside the till',
    money: 'Nothing was changed.',
    todo: 'Press again. If it comes back, call the technician.',
  },
  'E-RPC-02': {
    what: 'Program parts do not match',
    money: 'Nothing was changed.',
    todo: 'Restart the till. If it comes back, call the technician.',
  },
  'E-RPC-03': {
    what: 'This entry is not valid',
    money: 'Nothing was changed.',
    todo: 'Check it and enter it again.',
  },
  'E-CFG-01': {
    what: 'The configuration is wrong',
    money: 'The records are safe.',
    todo: 'Call the technician to correct it.',
  },
  'E-CFG-02': {
    what: 'The goods list is wrong',
    money: 'The records are safe.',
    todo: 'Call the technician to import it again.',
  },
  'E-DB-01': {
    what: 'The journal file is damaged',
    money: 'To protect the records, this till takes no payments.',
    todo: 'Leave it switched on and call the technician.',
  },
  'E-DB-02': {
    what: 'The journal was written by a newer program',
    money: 'The records are safe and left untouched.',
    todo: 'Call the technician to update the program.',
  },
  'E-DB-03': {
    what: 'The end of the journal is missing',
    money: 'The last payments may be taken but not recorded.',
    todo: 'Keep receipts and slips, call the technician to compare.',
  },
  'E-DB-04': {
    what: 'The journal does not add up; it may have been altered',
    money: 'To protect the records, this till takes no payments.',
    todo: 'Leave it switched on, tell manager and technician.',
  },
  'E-DB-05': {
    what: 'The till program is running already',
    money: 'The records are safe.',
    todo: 'Use the open window, or restart the till.',
  },
  'E-DB-06': {
    what: 'The journal cannot be opened',
    money: 'Without a record nothing is charged: this till takes no payments.',
    todo: 'Check the disk space and call the technician.',
  },
  'E-SCAN-01': { what: 'The scan cannot be read', money: 'Nothing was charged.', todo: 'Scan again.' },
  'E-SCAN-02': {
    what: 'Goods not in the list',
    money: 'Nothing was added.',
    todo: 'Check the barcode, or press F2 to find the goods.',
  },
  'E-SCAN-03': {
    what: 'Not ready for a payment code',
    money: 'Nothing was charged.',
    todo: 'Press "Take payment" first, then scan.',
  },
  'E-SCAN-04': {
    what: "This is a shop's code, not a payment code",
    money: 'Nothing was charged.',
    todo: 'Ask the customer to open "Pay" and scan that code.',
  },
  'E-SCAN-05': {
    what: 'Unknown kind of payment code',
    money: 'Nothing was charged.',
    todo: 'Ask for another wallet, or to refresh the code.',
  },
  'E-SCAN-06': {
    what: 'No goods while a payment is under way',
    money: 'The total has not changed.',
    todo: 'Press "Back to goods", or finish this sale first.',
  },
  'E-SCAN-07': {
    what: 'The scan is too long',
    money: 'Nothing was charged.',
    todo: 'Make sure it is a goods barcode or a payment code.',
  },
  'E-SCAN-08': {
    what: 'The payment before has no result yet',
    money: 'Nothing was charged again.',
    todo: 'Wait for its result; do not let the customer pay again.',
  },
  'E-SCAN-09': {
    what: 'The scanner is disconnected',
    money: 'Money taken is not affected.',
    todo: 'Check its cable or battery; press F2 to enter goods.',
  },
  'E-SCAN-10': {
    what: 'Nobody is signed in',
    money: 'Nothing was charged.',
    todo: 'Sign in, then scan again.',
  },
  'E-SALE-01': { what: 'No goods in this sale', money: 'Nothing was charged.', todo: 'Scan goods first.' },
  'E-SALE-02': {
    what: 'Not possible now',
    money: 'Nothing was changed.',
    todo: 'Follow what the screen says.',
  },
  'E-SALE-03': {
    what: 'A payment has no result yet',
    money: 'Nothing was charged twice.',
    todo: 'Wait for its result before leaving this sale.',
  },
  'E-SALE-04': {
    what: 'Part of this sale is paid',
    money: 'That money is recorded with this sale.',
    todo: 'Take the rest.',
  },
  'E-SALE-05': {
    what: 'Over the limit of one sale',
    money: 'Nothing was added.',
    todo: 'Split it into two sales.',
  },
  'E-PAY-01': {
    what: 'Payment code expired or used',
    money: 'Not charged.',
    todo: 'Ask the customer to refresh it, then scan again.',
  },
  'E-PAY-02': {
    what: 'Not enough balance',
    money: 'Not charged.',
    todo: 'Ask for another card or wallet, then scan.',
  },
  'E-PAY-03': {
    what: "Over the customer's limit",
    money: 'Not charged.',
    todo: 'Ask for another card or wallet, then scan.',
  },
  'E-PAY-04': {
    what: 'Stopped by risk control',
    money: 'Not charged.',
    todo: "The customer's phone says why; or use another wallet.",
  },
  'E-PAY-05': {
    what: 'This way of paying is not supported',
    money: 'Not charged.',
    todo: 'Ask for another wallet.',
  },
  'E-PAY-06': { what: 'This order is closed', money: 'Not charged.', todo: 'Scan the payment code again.' },
  'E-PAY-07': {
    what: 'Result unknown',
    money: 'Nothing was charged twice.',
    todo: 'Asking the acquirer. Do not charge again.',
  },
  'E-PAY-08': {
    what: 'The acquirer refuses this till',
    money: 'The inquiry will show whether it was charged.',
    todo: 'Do not charge again. Call the technician.',
  },
  'E-PAY-09': {
    what: 'No connection, not sent',
    money: 'Not charged.',
    todo: 'You may scan the payment code again.',
  },
  'E-PAY-10': {
    what: 'Waiting for the customer',
    money: 'Not paid yet.',
    todo: 'Ask the customer to enter the password on the phone.',
  },
  'E-PAY-11': {
    what: 'Being reversed',
    money: 'If charged, it goes back to the customer.',
    todo: 'Until then do not let the customer pay again.',
  },
  'E-PAY-12': {
    what: 'Reversed',
    money: 'Not paid; if it was charged, it has been given back.',
    todo: 'You may take the payment anew.',
  },
  'E-PAY-13': {
    what: 'Disputed, to be checked',
    money: 'Not certain whether the customer paid.',
    todo: 'Note the order number; the manager asks the acquirer.',
  },
  'E-PAY-14': {
    what: 'Too early to give up',
    money: 'Nothing was changed.',
    todo: 'Wait a few seconds more.',
  },
  'E-PAY-15': {
    what: "The acquirer's answer does not match",
    money: 'That answer was not used; asking again.',
    todo: 'Do not charge again. Tell the manager.',
  },
  'E-PAY-16': {
    what: 'Payment declined',
    money: 'Not charged.',
    todo: 'Ask for another card or wallet, then scan.',
  },
  'E-OFF-01': {
    what: 'Offline: no electronic payments',
    money: 'Not charged.',
    todo: 'Scan again when the connection is back.',
  },
  'E-OFF-02': {
    what: 'Over the offline limit for one payment',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection, or split the sale.',
  },
  'E-OFF-03': {
    what: 'Offline total used up',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection; what was taken is sent by itself.',
  },
  'E-OFF-04': {
    what: 'Too many offline payments waiting',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection; what was taken is sent by itself.',
  },
  'E-OFF-05': {
    what: 'This code was already taken offline',
    money: 'It was not taken again.',
    todo: 'Ask the customer to refresh it, then scan.',
  },
  'E-OFF-06': {
    what: 'This wallet cannot be taken offline',
    money: 'Nothing was taken.',
    todo: 'Ask for another wallet, or wait for the connection.',
  },
  'E-OFF-07': {
    what: 'Clock not trusted: no offline payments',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection; the technician sets the clock.',
  },
  'E-OFF-08': {
    what: 'An offline payment was declined later',
    money: 'This money was not received.',
    todo: 'Note the order number for the manager.',
  },
  'E-OFF-09': {
    what: 'An offline payment expired unsent',
    money: 'This money was not received.',
    todo: 'Note the order number for the manager.',
  },
  'E-OFF-10': {
    what: 'The key to an offline payment is lost',
    money: 'This money cannot be collected.',
    todo: 'Note the order number, tell manager and technician.',
  },
  'E-PRN-01': {
    what: 'Printer out of paper',
    money: 'Payments are not affected.',
    todo: 'Put in paper; printing goes on.',
  },
  'E-PRN-02': {
    what: 'Printer cover open',
    money: 'Payments are not affected.',
    todo: 'Close the cover; printing goes on.',
  },
  'E-PRN-03': {
    what: 'Printer cutter or paper jammed',
    money: 'Payments are not affected.',
    todo: 'Switch it off, take the paper out, switch it on.',
  },
  'E-PRN-04': {
    what: 'Printer not reachable',
    money: 'Payments are not affected.',
    todo: 'Check its power and cable.',
  },
  'E-PRN-05': {
    what: 'Printing was interrupted',
    money: 'Payments are not affected.',
    todo: 'Look at the receipt; press F7 to print it again.',
  },
  'E-PRN-06': {
    what: 'The printer answers nonsense',
    money: 'Payments are not affected.',
    todo: 'Switch it off and on. If it comes back, call the technician.',
  },
  'E-PRN-07': {
    what: 'Sent to the printer, not confirmed',
    money: 'Payments are not affected.',
    todo: 'Look for the receipt; press F7 to print it again.',
  },
};

export const errorTexts = { zh, en } as const;
