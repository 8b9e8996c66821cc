import { expect, test } from "vitest";
import { ownKeysIn } from "./ownKeys";

test("F1 lists the keys of each list and strip of the page, the same ones once under all their names", () => {
  const page = document.createElement("main");
  page.innerHTML = `
    <div data-keys="up down open" aria-label="到期清单"></div>
    <div data-keys="left right" aria-label="期限怎么算的"></div>
    <div data-keys="up down open" aria-label="未完成草稿：Enter 接着写"></div>`;
  expect(ownKeysIn(page)).toEqual([
    { title: "到期清单 · 未完成草稿", keys: ["up", "down", "open"] },
    { title: "期限怎么算的", keys: ["left", "right"] },
  ]);
});
