/** The words of set-up, unlock and shade, in Chinese: the source. */
export const zh = {
  product: "一窗",
  where: (community: string, station: string) =>
    [community, station && `本机 ${station}`].filter(Boolean).join(" · "),
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

  shade: {
    title: "已遮屏",
    safe: "内容都在，没有关掉。",
    pin: (name: string) => `${name} 的 6 位 PIN，或密码`,
    enter: "继续",
    lock: "锁屏换人",
  },

  setUp: {
    title: "第一次使用",
    lead: "这台机器还没有启用。几步就好，不用联网。",
    steps: { community: "社区", a: "A角", b: "B角", supervisor: "主管", code: "恢复码" },
    step: (at: number, of: number) => `第 ${at} 步，共 ${of} 步`,
    community: "社区名称",
    communityHint: "会印在单子上，例如：新茂社区",
    communityMissing: "请写社区名称。",
    name: "姓名",
    nameMissing: "请写姓名。",
    nameTaken: "这个姓名已经用过。请写另一个人的姓名。",
    password: "密码",
    passwordHint: "至少 8 个字符；不要用姓名、生日、123456 之类",
    passwordGood: "这个密码可以用",
    again: "再输一次",
    differs: "两次输入不一样。请重新输入第二遍。",
    explain: {
      community: "名称会印在每张单子上。",
      a: "A角和B角是窗口的两位工作人员，各用各的密码。请本人来输。",
      b: "B角也请本人来输。一个人外勤时，另一个人也能接着办。",
      supervisor: "主管处理要两个人同意的事，例如作废、顶岗。主管不能和A角、B角是同一人。",
      code: "忘记密码时，恢复码和一位同事的密码一起，可以重设。它只显示这一次。",
    },
    next: "下一步",
    previous: "上一步",
    found: "启用",
    code: "恢复码",
    codeHow: "请抄在纸上，装进信封，两人封好，交主管保管。不要拍照，不要存电脑。",
    codeDone: "已抄好封好，进入",
  },
};
