import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";
import { desk, type Answer } from "../app/desk";
import Rescue from "./Rescue.svelte";

const asked: { name: string; input: unknown }[] = [];
let answers: Answer<unknown>[] = [];

beforeEach(() => {
  asked.length = 0;
  answers = [];
  vi.spyOn(desk, "call").mockImplementation((name: string, input: unknown) => {
    if (name !== "rescue_password") return Promise.resolve({ status: "done", value: { ok: true } } as never);
    asked.push({ name, input });
    return Promise.resolve((answers.shift() ?? { status: "done", value: {} }) as never);
  });
});

function open() {
  const ondone = vi.fn<() => void>();
  render(Rescue, {
    person: { id: "wang", name: "王丽" },
    colleagues: [
      { id: "li", name: "李强" },
      { id: "zhao", name: "赵珊" },
    ],
    ondone,
    onback: () => undefined,
  });
  return ondone;
}

const type = (label: string, value: string) =>
  fireEvent.input(screen.getByLabelText(label), { target: { value } });
const run = () => fireEvent.click(screen.getByRole("button", { name: "设新密码并进入" }));

async function typeCodeAndPassword() {
  await type("恢复码", "ABCD-EFGH");
  await type("王丽 的新密码", "plum-river-47-lantern");
  await type("再输一次", "plum-river-47-lantern");
}

test("the code and a new password let a person in again", async () => {
  const ondone = open();
  await typeCodeAndPassword();
  await run();
  await vi.waitFor(() => expect(ondone).toHaveBeenCalledOnce());
  expect(asked.map(({ input }) => input)).toEqual([
    { person: "wang", code: "ABCD-EFGH", password: "plum-river-47-lantern" },
  ]);
});

test("two passwords that differ are not sent", async () => {
  const ondone = open();
  await typeCodeAndPassword();
  await type("再输一次", "plum-river-47-lanterns");
  await run();
  expect(await screen.findByRole("alert")).toBeTruthy();
  expect(asked).toEqual([]);
  expect(ondone).not.toHaveBeenCalled();
});

test("a colleague is asked for only when the desk wants one, and what was typed stays", async () => {
  const text = "用码设新密码要有一位同事在场。";
  answers = [{ status: "refused", refusal: { reason: "colleague_missing", field: "colleague", text } }];
  const ondone = open();
  await typeCodeAndPassword();
  expect(screen.queryByRole("radio", { name: /李强/ })).toBeNull();
  await run();
  await fireEvent.click(await screen.findByRole("radio", { name: /李强/ }));
  await type("同事自己的密码", "seven-copper-lanterns");
  await run();
  await vi.waitFor(() => expect(ondone).toHaveBeenCalledOnce());
  expect(asked[1]?.input).toEqual({
    person: "wang",
    code: "ABCD-EFGH",
    password: "plum-river-47-lantern",
    colleague: "li",
    colleague_password: "seven-copper-lanterns",
  });
});
