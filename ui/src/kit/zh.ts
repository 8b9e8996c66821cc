/** The words of the kit, in Chinese: the source. */
export const zh = {
  optional: "选填",
  required: "必填",
  close: "关闭",
  waiting: "正在取…",
  problems: (count: number) => `还有 ${count} 处要改`,
  undo: "撤销",
  undone: (done: string) => `已撤销：${done}`,
  stop: "停止",
  safe: "已填内容都在。",

  search: {
    label: "搜索：姓名拼音、证件尾号、手机、门牌、事项、办件号",
    placeholder: "姓名/拼音 · 证件尾号 · 门牌 12-3-502 · 事项 · 办件号   F2",
    kinds: { all: "全部", resident: "人", household: "户", item: "事项", banned: "不出证明", case: "办件" },
    kindsHint: "Tab 换类",
    nothing: "没有找到。可以少写几个字，或换拼音、门牌、证件尾号再搜。",
    count: (shown: number, total: number) =>
      total > shown ? `前 ${shown} 个，共 ${total} 个` : `共 ${total} 个`,
    opens: "Enter 打开 · ↑↓ 选择 · Esc 收起",
  },

  palette: {
    title: "命令",
    placeholder: "想做什么？写字或拼音",
    nothing: "没有这个命令。换个词试试，或按 F1 看全部按键。",
  },

  keys: {
    title: "全部按键",
    here: "本页",
    everywhere: "到处可用",
    inside: (title: string) => `在“${title}”里`,
    rooms: "换房间",
  },

  id: {
    label: "证件号码",
    hint: "身份证 18 位，末位可以是 X",
    born: (day: string) => `出生 ${day}`,
    sexes: { male: "男", female: "女" },
    age: (years: number) => `${years}岁`,
    fine: "号码没有问题",
    warnings: {
      unknown_region: "地区码没有查到，请对照证件",
      reserved_region: "地区码 71 不发给居民，请对照证件",
      legacy: "15 位旧号，只能用来查找",
      centenarian: "可能是百岁老人，请问出生年份",
      form_only: "这种证件没有校验位，请对照证件",
      unusual_form: "不是常见的写法，请对照证件",
      century_assumed: "年份只有两位，请核对世纪",
    },
  },
  address: {
    label: "门牌",
    hint: "例如 12-3-502，或 12幢3单元502室",
    unclear: "还看不出幢、单元、室。可以写 12-3-502。",
  },
  phone: {
    label: "电话",
    hint: "手机，或带区号的座机",
    areaAdded: (number: string) => `已补区号：${number}`,
  },
  date: {
    hint: "例如 11-24、1124 或 2026-11-24",
    wrong: "这个日期看不懂。请写成 11-24 或 2026-11-24。",
    weekdays: "日一二三四五六",
    weekday: (name: string) => `周${name}`,
  },
  select: {
    none: "请选择",
  },

  checklist: {
    held: "已有",
    ticked: "收到",
    missing: "缺",
    notNeeded: "不需要",
    electronic: "电子证照",
    hint: "空格 收到",
    problemHint: " · / 有问题",
    electronicHint: " · E 电子证照",
    reasons: "哪里有问题？按数字选，Esc 不选",
    noProblem: "没有问题",
  },

  decisions: {
    label: "决定",
    hint: "←→ 选择 · Enter 执行",
  },

  due: {
    label: "期限怎么算的",
    hint: "←→ 逐日看",
    weeks: "←→ 逐日看，走到哪一周展开哪一周",
    week: (from: string, to: string) => `${from} 至 ${to}`,
    counted: (days: number) => `计 ${days} 天`,
  },

  masked: {
    show: "显示",
    hide: "遮住",
    title: (what: string) => `显示${what}`,
    recorded: "显示会留痕：谁、什么时候、为什么。",
    why: "为什么要看？",
    reasons: ["核对申请人身份", "填写表格", "联系居民", "居民本人要求查看"],
    seconds: (left: number) => `${left} 秒`,
  },

  preview: {
    page: (page: number, pages: number) => `第 ${page} 页，共 ${pages} 页`,
    pages: (pages: number) => `共 ${pages} 页`,
    print: (copies: number) => `打印 ${copies} 份`,
    hint: (leave: string) => `Enter 打印 · Esc 不打，${leave}`,
    copies: "份数",
    again: (copies: number) => `没打出来？补打 ${copies} 份`,
    done: "完成",
  },

  task: {
    progress: (label: string, done: string, total: string, unit = "") =>
      `${label} ${done} / ${total} ${unit}`.trim(),
    left: (seconds: number) => (seconds >= 90 ? `约 ${Math.round(seconds / 60)} 分` : `约 ${seconds} 秒`),
  },

  table: {
    sortedUp: "升序",
    sortedDown: "降序",
    waiting: "正在取…",
  },

  person: {
    id: "证件",
    born: "出生",
    phone: "电话",
    address: "住址",
    idNumber: "证件号码",
    phoneNumber: "电话号码",
    restricted: "另有受限信息",
  },
};
