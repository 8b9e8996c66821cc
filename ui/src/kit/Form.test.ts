import { fireEvent, render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, test } from "vitest";
import Form from "./Form.svelte";

const fields = createRawSnippet(() => ({
  render: () => `<div><input id="field-name" /><input id="field-phone" /></div>`,
}));
const wrong = (name: string) => ({ field: name, text: `${name} 不对` });

test("what was corrected is no longer red, and what is still wrong after the next try is red again", async () => {
  const page = render(Form, {
    problems: [wrong("name"), wrong("phone")],
    onsubmit: () => undefined,
    children: fields,
  });
  const name = document.getElementById("field-name");
  if (!name) throw new Error("no field");
  await fireEvent.input(name);
  expect(screen.getByRole("alert").textContent).not.toContain("name 不对");
  expect(screen.getByRole("alert").textContent).toContain("phone 不对");
  await page.rerender({ problems: [wrong("name")] });
  expect(screen.getByRole("alert").textContent).toContain("name 不对");
  await fireEvent.input(name);
  expect(screen.queryByRole("alert")).toBeNull();
});
