/** The words of backups, in Chinese: the source. */
export const zh = {
  where: "存到哪里",
  whereHint: "U 盘或另一块硬盘上的文件夹，例如 /media/usb/backup",
  places: "已插上的 U 盘和硬盘",
  choose: "存到这里",
  chosen: (folder: string) => `备份存到 ${folder}`,
  change: "换一个地方",
  sameDisk: "这个文件夹和记录在同一块硬盘上，硬盘坏了会一起没有。最好换成 U 盘。",
  run: "现在备份",
  running: "正在备份，写完读回核对",
  done: (at: string, commits: string) => `${at} 备份好了：${commits} 条记录，已读回核对。`,
  file: (file: string) => `文件：${file}`,

  title: "备份与恢复",
  automatic:
    "每天中午 12 点和关闭程序时自动备份；有新记录才做。备份是加密的一个文件，只有恢复单上的恢复码能打开。",
  noSheet: "现在的恢复单打不开备份，请先换发恢复单。",

  sheet: {
    title: "恢复单（密码信封）",
    note: "备份要用恢复单上的恢复码才能打开。恢复单丢了、拆开了、可能被别人看过，就换发：旧码从此打不开以后的备份。换发留痕。",
    password: (name: string) => `${name} 的密码`,
    make: "换发恢复单",
    code: "新恢复码，只显示这一次",
    number: (number: string) => `单号 ${number}`,
    print: "打印恢复单",
    how: "打印或抄好后，两人装进信封封好，交主管保管。不要拍照，不要存电脑。请马上做一次备份。",
    put: "已封好，收起",
    picture: "恢复单",
  },

  restore: {
    title: "从备份恢复",
    lead: "这台机器将成为社区的一台新机器。原来的机器、备份文件都不改动。",
    begin: "从备份恢复…",
    file: "备份文件",
    fileHint: "文件名以 yichuang- 开头、以 .age 结尾，写全路径",
    code: "恢复码",
    codeHint: "照恢复单输入；大小写、空格、横线都不要紧",
    password: "每个人的新密码",
    passwordHint: "大家先用它进入，再到“设置 · 我”各自改",
    run: "恢复",
    back: "返回",
    enter: "进入",
    station: (station: number) => `${station}号台`,
    people: (names: string) => `可以进入的人：${names}`,
  },

  first: {
    note: "记录只在这台机器上。请插上 U 盘，做第一份备份，与恢复单分开放。",
    later: "以后再备份，首页会一直提醒",
    enter: "进入",
  },
};
