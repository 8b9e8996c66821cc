import { flushSync } from "svelte";
import { expect, test } from "vitest";
import { Remembered } from "./remembered.svelte";

test("whoever reads a remembered text hears of the first letter that is typed", () => {
  const typed = new Remembered();
  const read: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      read.push(typed.text);
    });
  });
  flushSync();
  typed.text = "王";
  flushSync();
  stop();
  expect(read).toEqual(["", "王"]);
});
