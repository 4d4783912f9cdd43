// The technician's texts in Chinese.
import type { FindingText } from './diagnosis-texts-type.ts';
import type { CheckName, Finding } from './diagnostics.ts';

export const checkTitlesZh: Record<CheckName, string> = {
  'till.core': '核心程序',
  'till.clock': '时钟与账本',
  'disk.space': '磁盘空间',
  'disk.write': '磁盘写入',
  'disk.backup': '最近的已核验备份',
  'disk.database': '数据库文件',
  'disk.journal': '账本',
  'work.outbox': '待办任务',
  'work.queue': '离线队列',
  scanner: '扫码枪',
  'printer.connection': '打印机连接',
  'printer.state': '打印机状态',
  'printer.identity': '打印机型号',
  'printer.proof': '出纸证明',
  drawer: '钱箱',
  customerDisplay: '客显',
  'network.link': '网线',
  'network.gateway': '网关',
  'network.dns': '域名',
  'network.tcp': '连接',
  'network.tls': '加密',
  'network.echo': '收单机构',
  'network.clock': '与收单机构对时',
  'network.certificates': '通道证书',
  'network.notices': '支付通知',
  'lists.serial': '串口设备',
  'lists.hid': 'HID 设备',
  'lists.usbPrinters': 'USB 打印机',
};

const none = (what: string): FindingText => ({ what, todo: '' });

const ofTill = {
  good: none('正常'),
  coreRuns: none('核心程序在运行'),
  recordingOff: {
    what: '核心程序在运行并可收款，但操作记录已停止',
    todo: '资金和账本安全。请清理或修复磁盘，再重启收银机。',
  },
  coreSilent: {
    what: '控制口没有核心程序应答',
    todo: '请启动收银机；如已在运行，请查看日志里核心程序退出的原因。',
  },
  coreRefuses: { what: '核心程序拒绝营业', todo: '按它的提示处理；期间账目不会丢失。' },
  clockBehindJournal: {
    what: '系统时间早于账本最后一笔',
    todo: '请校准时间（时间服务器、主板电池）。校准前不接受离线收款。',
  },
  spaceLeft: none('空间充足'),
  spaceShort: {
    what: '磁盘快满了',
    todo: '请清理状态目录所在磁盘，或移走旧的导出文件。切勿删除 till.db。',
  },
  diskWrites: none('写入正常落盘'),
  diskSlow: {
    what: '磁盘写入非常慢',
    todo: '磁盘可能将坏：查看 dmesg 和 SMART，并准备备件。',
  },
  diskReadOnly: {
    what: '磁盘只读',
    todo: '多半是出错后被重新挂载：查看 dmesg，用 fsck 修复，必要时换盘。',
  },
  diskFull: { what: '磁盘没有空间', todo: '请立即清理空间，清理前无法收款。' },
  diskFails: { what: '写入磁盘失败', todo: '检查状态目录的属主和权限，再看 dmesg 有无磁盘错误。' },
  backupFresh: none('有已核验的备份'),
  backupOld: { what: '最近的备份太旧', todo: '让收银机开着一小时，或运行 yima backup make，再看一次。' },
  backupNone: none('还没有备份：空闲一分钟后做第一次'),
  backupFailed: {
    what: '最近一次备份没有成功',
    todo: '检查备份目录的空间、属主和权限；E-BAK-02 表示账本本身损坏，请从备份恢复。',
  },
  backupUntold: none('程序没有运行，无从得知'),
  databaseSound: none('SQLite 检查无损'),
  databaseBroken: {
    what: 'SQLite 检查发现损坏',
    todo: '请停机，完整复制状态目录，再联系技术支持。不要删除任何文件。',
  },
  journalSound: none('链条完整，各表一致'),
  journalBroken: {
    what: '账本链条断裂',
    todo: '请停机，完整复制状态目录，再联系技术支持；可与最近小票上的校验码比对。',
  },
  projectionsDiffer: {
    what: '账本完整，但数据表与它不一致',
    todo: '请复制状态目录并联系技术支持：以账本为准，数据表可重新生成。',
  },
  notReadable: { what: '无法读取', todo: '检查文件的属主和权限，再检查磁盘。' },
  nothingOpen: none('没有待办'),
  workInTime: none('正在处理'),
  workOverdue: {
    what: '有任务等待太久',
    todo: '请看下面的网络各项：收单机构恢复应答后，撤销和查询会自动继续。',
  },
  printWaits: { what: '有单据等待打印', todo: '请看打印机各项。' },
  queueOff: none('配置中未启用离线收款'),
  queueEmpty: none('没有离线收款等待上送'),
  queueMoving: none('离线收款正在上送'),
  queueStuck: {
    what: '线路正常，离线收款却没有上送',
    todo: '请看收单机构一项；如果正常，记下订单号并致电收单机构。',
  },
  queueOffline: { what: '离线收款在等线路恢复', todo: '请修复网络：恢复后自动按先后上送。' },
} as const;

const ofDevices = {
  scannerReady: none('已打开，可以扫码'),
  scannerMissing: {
    what: '设备不存在',
    todo: '检查数据线，重新插拔；将配置中的路径与下面的列表核对。',
  },
  scannerBusy: {
    what: '设备被别的程序占用',
    todo: '停用占用它的程序（ModemManager、brltty、另一个收银程序）。',
  },
  scannerDenied: {
    what: '没有设备权限',
    todo: '把收银机用户加入设备所属的组（dialout、plugdev），或安装 udev 规则。',
  },
  scannerDown: { what: '设备不工作', todo: '重新插拔；换一个接口，换一把扫码枪试试。' },
  noScanner: none('没有配置扫码枪'),
  printerReached: none('已连接'),
  printerUnreachable: {
    what: '连不上打印机',
    todo: '电源开了吗？检查线缆和配置里的地址或路径；打印一张自检页。',
  },
  printerReady: none('就绪'),
  paperLow: none('就绪，纸快用完'),
  paperOut: { what: '缺纸', todo: '装入纸卷，热敏面朝外，合上盖子。' },
  coverOpen: { what: '盖子没合上', todo: '把盖子压紧，听到咔嗒声。' },
  cutterJammed: { what: '切刀卡住', todo: '关机，取出卡纸，再开机。' },
  printerOffline: {
    what: '已连接，但不打印',
    todo: '是否按住了走纸键、打印头过热，或别的电脑在打印？请关机再开。',
  },
  printerGarbage: { what: '应答的不是小票打印机', todo: '检查地址或路径；串口请检查波特率。' },
  printerMute: none('只收数据，从不应答'),
  identityKnown: none('已读到型号'),
  identityUnknown: none('打印机不报型号'),
  provesByProcessId: none('能证明小票已出纸（作业编号）'),
  provesByStatus: none('小票数据之后有应答（顺序状态）'),
  provesNothing: none('无法证明小票已出纸：需收银员目视确认'),
  profileTooHigh: {
    what: '所选型号档案能证明出纸，这台打印机却不能',
    todo: '把 printer.profile 改为 generic80（或 generic58），或升级打印机固件。',
  },
  drawerUntold: none('钱箱无法查询状态：请用钱箱测试'),
  noDisplay: none('没有配置客显'),
  listed: none('已找到'),
  listedNone: none('没有找到'),
  listRefused: { what: '无法取得列表', todo: '安装 udev 软件包，或检查权限。' },
  configuredElsewhere: {
    what: '配置的设备不在，但有另一个设备',
    todo: '如果是同一设备换了名字，请在配置中改用固定名称。',
  },
  notAsked: none('未检查'),
} as const;

const ofNetwork = {
  lowerFailed: none('未检查：下层不通'),
  linkDown: { what: '网线或无线都没有连通', todo: '检查网线、交换机和 Wi-Fi，网口指示灯应亮。' },
  noRoute: { what: '本网络没有出口', todo: '检查路由器、DHCP 和本机默认网关。' },
  nameUnknown: {
    what: '找不到收单机构的域名',
    todo: '检查本机 DNS 服务器和配置中的 route.baseUrl。',
  },
  connectRefused: {
    what: '收单机构地址拒绝连接',
    todo: '检查 route.baseUrl 的端口；也可能对方服务停了，请致电收单机构。',
  },
  connectTimedOut: {
    what: '连接没有回应',
    todo: '被防火墙或运营商丢弃：换个网络试试，例如手机热点。',
  },
  connectFailed: { what: '连接失败', todo: '换个网络试试；把这一行给网络运营商看。' },
  certificateUntrusted: {
    what: '收单机构的证书不可信',
    todo: '检查 route.caFile；如果无误，说明线路中间有人插入：请勿在此使用扫码收款。',
  },
  certificateExpired: {
    what: '证书过期或尚未生效',
    todo: '先检查本机时间；时间正确则致电收单机构。',
  },
  certificateWrongName: {
    what: '证书与域名不符',
    todo: '检查 route.baseUrl；可能是网络的登录页在应答。',
  },
  tlsFailed: {
    what: '加密连接建立不了',
    todo: '该端口应答的不是 TLS：检查 route.baseUrl 和代理。',
  },
  plainHttp: none('按配置使用本机明文 HTTP'),
  echoGood: none('收单机构应答，签名正确'),
  echoRefused: {
    what: '收单机构有应答，但拒绝本终端',
    todo: '与收单机构核对 route.appId、密钥文件、商户号和终端号。',
  },
  echoFailed: {
    what: '连接正常，但没有有效应答',
    todo: '收单机构服务异常：请致电对方，期间收现金。',
  },
  clockAgrees: none('时间一致'),
  clockOff: {
    what: '本机时间不对',
    todo: '请用时间服务器校准。收款仍可用：签名按收单机构的时间。',
  },
  clockUntold: none('收单机构没有告知时间'),
  certificatesFresh: none('有效期都在一个月以上'),
  certificateEnds: {
    what: '证书快到期了',
    todo: '请向收单机构或钱包商户平台领取新证书，放到配置所指的位置，然后重启收银机。到期后此通道不能收款。',
  },
  certificateEndsThisWeek: {
    what: '证书一周内到期',
    todo: '请今天就领取新证书，放到配置所指的位置，然后重启收银机。到期后此通道不能收款。',
  },
  certificateEndsNow: {
    what: '证书已到期或一天内到期',
    todo: '请立即换上新证书并重启收银机；换好前此通道可能不能收款，请收现金或走其他通道。',
  },
  certificatesNone: none('没有配置证书'),
  noticesNone: none('没有配置通知中转：收银机自行查询'),
  noticesUntold: none('还没有问过通知中转'),
  noticesHeard: none('通知中转正常（本机 + 其他，存疑）'),
  noticesAway: {
    what: '连不上通知中转',
    todo: '收款不受影响：收银机照常查询。请检查中转服务和它的地址。',
  },
  noticesRefused: {
    what: '通知中转不接受本机的令牌',
    todo: '收款不受影响。请核对 relay.tokenFile 与中转服务的令牌。',
  },
  noticesDoubtful: {
    what: '最近的通知不可信，未采用',
    todo: '收款不受影响。请核对密钥、APIv3 密钥和商户号；反复出现请查是谁在向中转发送。',
  },
} as const;

export const findingsZh: Record<Finding, FindingText> = { ...ofTill, ...ofDevices, ...ofNetwork };
