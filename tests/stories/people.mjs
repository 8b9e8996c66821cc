// Residents of stories. Nobody is real: the numbers are valid and were never given out.

/** Who every story looks for. */
export const zhangSan = {
  name: "张三",
  id_number: "320583198103079911",
  phone: "13812345678",
  address: "12-3-502",
};

/** People whose names sound alike, so that the right row matters. */
export const neighbours = [
  { name: "张珊", id_number: "320583199001012219", address: "9-2-301" },
  { name: "赵帅", id_number: "320583195506120014", address: "5-1-102" },
  { name: "张三", id_number: "320583200109098830", address: "7-1-602" },
];
