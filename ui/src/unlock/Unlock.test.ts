import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { Status } from "../app/calls";
import { desk } from "../app/desk";
import { session } from "../app/session.svelte";
import Unlock from "./Unlock.svelte";

afterEach(() => {
  session.status = undefined;
});

/** Tries a password that the desk refuses for a reason. */
async function refusedFor(reason: string) {
  session.status = { founded: true, unlocked: false, people: [{ id: "wang", name: "王丽" }] } as Status;
  vi.spyOn(desk, "call").mockResolvedValue({ status: "refused", refusal: { reason, text: "不行。" } });
  render(Unlock);
  await fireEvent.click(screen.getByRole("radio", { name: /王丽/ }));
  await fireEvent.input(screen.getByLabelText("密码"), { target: { value: "haitang" } });
  await fireEvent.click(screen.getByRole("button", { name: "进入" }));
  await screen.findByText("不行。");
}

const envelope = () => screen.queryByRole("button", { name: "用密码信封设新密码" });

test.each(["key_store_forgot", "locked_out"])(
  "where no password helps (%s), Enter opens the envelope",
  async (reason) => {
    await refusedFor(reason);
    await vi.waitFor(() => expect(document.activeElement).toBe(envelope()));
    await fireEvent.click(envelope() as HTMLElement);
    expect(await screen.findByLabelText("恢复码")).toBeTruthy();
  },
);

test("whoever has to wait may have forgotten theirs, or type it again", async () => {
  await refusedFor("wait");
  expect(envelope()).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByLabelText("密码"));
});

test("a wrong password is typed again, without the envelope", async () => {
  await refusedFor("wrong_password");
  expect(envelope()).toBeNull();
});
