import { expect, test, vi } from "vitest";
import { desk } from "./desk";
import { Sending } from "./sending.svelte";

test("a form is sent once at a time", async () => {
  let answer: (value: unknown) => void = () => undefined;
  const call = vi.spyOn(desk, "call").mockReturnValue(new Promise((resolve) => (answer = resolve)) as never);
  const sending = new Sending();
  const first = sending.send("set_pin", { pin: "482915" });
  expect(await sending.send("set_pin", { pin: "482915" })).toBeUndefined();
  answer({ status: "done", value: { has_pin: true } });
  expect(await first).toEqual({ has_pin: true });
  expect(call).toHaveBeenCalledOnce();
  expect(sending.isBusy).toBe(false);
});

test("what is wrong already is told and not sent; what the desk refuses is told as it says", async () => {
  const refusal = { reason: "weak_pin", field: "pin", text: "太简单。" };
  const call = vi.spyOn(desk, "call").mockResolvedValue({ status: "refused", refusal });
  const sending = new Sending();
  const wrong = [{ field: "pin", text: "不是 6 位。" }];
  await sending.send("set_pin", { pin: "1" }, wrong);
  expect(sending.problems).toEqual(wrong);
  expect(call).not.toHaveBeenCalled();
  await sending.send("set_pin", { pin: "111111" });
  expect(sending.problems).toEqual([{ field: "pin", text: "太简单。" }]);
});
