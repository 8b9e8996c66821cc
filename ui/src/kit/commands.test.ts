import { render } from "@testing-library/svelte";
import { flushSync } from "svelte";
import { describe, expect, it, vi } from "vitest";
import Commands from "./Commands.svelte";
import { commands, eachOnce, listenToKeys, type Command } from "./commands.svelte";

const press = (init: KeyboardEventInit, target: EventTarget = document.body) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...init }));

const command = (change: Partial<Command> = {}): Command => ({
  id: "page.print",
  label: () => "打印",
  keys: "print",
  run: vi.fn(),
  ...change,
});

describe("the commands of the screen", () => {
  it("are there while their component lives", () => {
    const page = render(Commands, { list: [command()] });
    expect(commands.runnable.map(({ id }) => id)).toEqual(["page.print"]);
    page.unmount();
    expect(commands.runnable).toEqual([]);
  });

  it("are run by their key, wherever the focus stands", () => {
    const stop = listenToKeys();
    const print = command();
    render(Commands, { list: [print] });
    press({ code: "KeyP", ctrlKey: true });
    expect(print.run).toHaveBeenCalledOnce();
    stop();
  });

  it("are run by the two keys of a sequence", () => {
    const stop = listenToKeys();
    const enquiry = command({ keys: "newEnquiry" });
    render(Commands, { list: [enquiry] });
    press({ code: "KeyN", altKey: true });
    press({ code: "Numpad4" });
    expect(enquiry.run).toHaveBeenCalledOnce();
    press({ code: "Numpad4" });
    expect(enquiry.run).toHaveBeenCalledOnce();
    stop();
  });

  it("give way to the innermost component that has the same key", () => {
    const stop = listenToKeys();
    const [outer, inner] = [command(), command({ id: "dialog.print" })];
    render(Commands, { list: [outer] });
    render(Commands, { list: [inner] });
    press({ code: "KeyP", ctrlKey: true });
    expect(inner.run).toHaveBeenCalledOnce();
    expect(outer.run).not.toHaveBeenCalled();
    stop();
  });

  it("are offered once, the nearest for its key or its words", () => {
    const all = [
      command({ id: "resident.accept", label: () => "新收件", keys: "newCase" }),
      command({ id: "window.newCase", label: () => "新收件", keys: "newCase" }),
      command({ id: "print.another", label: () => "再办一件", keys: "newCase" }),
      command({ id: "one.list", label: () => "办件清单" }),
      command({ id: "two.list", label: () => "办件清单" }),
    ];
    expect(eachOnce(all).map(({ id }) => id)).toEqual(["resident.accept", "one.list"]);
  });

  it("leave undo to the text that is being edited", () => {
    const stop = listenToKeys();
    const undo = command({ keys: "undo" });
    render(Commands, { list: [undo] });
    const field = document.body.appendChild(document.createElement("input"));
    press({ code: "KeyZ", ctrlKey: true }, field);
    expect(undo.run).toHaveBeenCalledOnce();
    field.dispatchEvent(new Event("input", { bubbles: true }));
    press({ code: "KeyZ", ctrlKey: true }, field);
    expect(undo.run).toHaveBeenCalledOnce();
    field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    press({ code: "KeyZ", ctrlKey: true }, field);
    expect(undo.run).toHaveBeenCalledTimes(2);
    field.remove();
    stop();
  });

  it("rest while a layer lies above them, except those that hide the screen", () => {
    render(Commands, { list: [command(), command({ id: "shade", keys: "shade", always: true })] });
    const layer = commands.openLayer();
    flushSync();
    expect(commands.runnable.map(({ id }) => id)).toEqual(["shade"]);
    commands.closeLayer(layer);
    expect(commands.runnable).toHaveLength(2);
  });
});
