/** The words of set-up, unlock and shade, in Chinese: the source. */
export const zh = {
  product: "一窗",
  lead: "一窗受理，全科服务",
  offline: "离线也能进入。内容都在本机。",
  languages: "语言 Language",

  unlock: {
    who: "谁在用？",
    password: "密码",
    enter: "进入",
    hint: "数字选人 · Enter 进入",
    back: "换人",
    dutyHint: "数字选择 · Enter 开始",
    begin: "开始",
    hello: (name: string) => `${name}，您好`,
  },

  rescue: {
    begin: "用密码信封设新密码",
    lead: (name: string) => `拆开密码信封，输入里面的码，给${name}设新密码。记录和草稿都在，不受影响。`,
    password: (name: string) => `${name} 的新密码`,
    colleague: "在场的同事",
    colleaguePassword: "同事自己的密码",
    run: "设新密码并进入",
  },

  shade: {
    title: "已遮屏",
    safe: "内容都在，没有关掉。",
    pin: (name: string) => `${name} 的 6 位 PIN，或密码`,
    password: (name: string) => `${name} 的密码`,
    enter: "继续",
    lock: "锁屏换人",
  },

  setUp: {
    title: "第一次使用",
    lead: "这台机器还没有启用。几步就好，不用联网。",
    steps: { community: "社区", a: "A角", b: "B角", supervisor: "主管", code: "恢复码", backup: "备份" },
    step: (at: number, of: number) => `第 ${at} 步，共 ${of} 步`,
    community: "社区名称",
    communityHint: "例如：新茂社区",
    communityMissing: "请写社区名称。",
    name: "姓名",
    nameMissing: "请写姓名。",
    nameTaken: "这个姓名已经用过。请写另一个人的姓名。",
    password: "密码",
    explain: {
      community: "名称会印在每张单子上。",
      a: "A角和B角是窗口的两位工作人员，各用各的密码。请本人来输。",
      b: "B角也请本人来输。一个人外勤时，另一个人也能接着办。",
      supervisor: "主管处理要两个人同意的事，例如作废、顶岗。主管不能和A角、B角是同一人。",
      code: "机器坏了或忘记密码时，用恢复码和备份可以在新机器上恢复全部记录。它只显示这一次。",
    },
    next: "下一步",
    previous: "上一步",
    found: "启用",
    code: "恢复码",
    codeHow: "请打印或抄在纸上，装进信封，两人封好，交主管保管。不要拍照，不要存电脑。",
    codeDone: "已抄好封好，下一步",
  },
};
