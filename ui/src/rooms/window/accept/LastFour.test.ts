import { render, screen } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { desk } from "../../../app/desk";
import LastFour from "./LastFour.svelte";

const PERSON = "0123456789abcdef0123456789abcdef";

/** A desk that compares when it is told to. */
function comparing() {
  const waiting: ((same: boolean) => void)[] = [];
  const call = vi.spyOn(desk, "call").mockImplementation(
    () =>
      new Promise((resolve) => {
        waiting.push((same) => {
          resolve({ status: "done", value: { same } });
        });
      }),
  );
  const answer = (same: boolean) => waiting.shift()?.(same);
  return { call, answer };
}

describe("the last four characters", () => {
  it("are compared by themselves at the fourth, once", async () => {
    const { call, answer } = comparing();
    const onsame = vi.fn();
    render(LastFour, { person: PERSON, onsame });
    const field = screen.getByRole("textbox");
    await userEvent.type(field, "991");
    expect(call).not.toHaveBeenCalled();
    await userEvent.type(field, "1{Enter}");
    expect(call.mock.calls).toEqual([["compare_identity", { person: PERSON, last_four: "9911" }]]);
    answer(true);
    await vi.waitFor(() => {
      expect(onsame).toHaveBeenCalledWith("9911", "");
    });
  });

  it("hand on what is typed while the machine compares", async () => {
    const { answer } = comparing();
    const onsame = vi.fn();
    render(LastFour, { person: PERSON, onsame });
    await userEvent.type(screen.getByRole("textbox"), "9911jzz");
    answer(true);
    await vi.waitFor(() => {
      expect(onsame).toHaveBeenCalledWith("9911", "jzz");
    });
  });

  it("say so when they differ, keep what was typed, and can be tried again", async () => {
    const { call, answer } = comparing();
    const onsame = vi.fn();
    render(LastFour, { person: PERSON, onsame });
    const field = screen.getByRole<HTMLInputElement>("textbox");
    await userEvent.type(field, "1234");
    answer(false);
    await vi.waitFor(() => {
      expect(screen.getByText(/末四位对不上/)).toBeTruthy();
    });
    expect(field.value).toBe("1234");
    expect(onsame).not.toHaveBeenCalled();
    await userEvent.type(field, "{Enter}");
    expect(call).toHaveBeenCalledTimes(2);
  });
});
