import { expect, test } from "vitest";
import { differences } from "../../kit/i18n.svelte";
import { megabytes } from "./backups.svelte";
import { en } from "./en";
import { zh } from "./zh";

test("bytes are told as megabytes", () => {
  expect([0, 49_999, 50_000, 1_234_567_890].map(megabytes)).toEqual([0, 0, 0.1, 1234.6]);
});

test("both languages say the same things", () => {
  expect(differences(zh, en)).toEqual([]);
});
