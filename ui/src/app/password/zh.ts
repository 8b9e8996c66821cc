/** The words of a new password, in Chinese: the source. */
export const zh = {
  hint: "至少 8 个字符；不要用姓名、生日、123456 之类",
  good: "这个密码可以用",
  again: "再输一次",
  same: "两次要一样",
  differs: "两次输入不一样。请重新输入第二遍。",
};
