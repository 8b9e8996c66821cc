import { fireEvent, render, screen } from "@testing-library/svelte";
import { describe, expect, it, vi } from "vitest";
import DataTable from "./DataTable.svelte";

interface Row {
  id: string;
  name: string;
}
const rowsOf = (count: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: `r${at}`, name: `行${at}` }));
const columns = [{ id: "name", label: "名称", text: (row: Row) => row.name }];

function show(rows: Row[] | undefined) {
  const onopen = vi.fn<(row: Row) => void>();
  render(DataTable<Row>, {
    label: "办件",
    columns,
    rows,
    key: (row: Row) => row.id,
    onopen,
    empty: "没有办件。",
  });
  document.querySelector<HTMLElement>('[data-focus-key][tabindex="0"]')?.focus();
  return { onopen };
}

const press = (code: string) => fireEvent.keyDown(document.activeElement ?? document.body, { code });
const focused = () => (document.activeElement as HTMLElement | null)?.dataset["focusKey"];

describe("a table", () => {
  it("moves by row without wrapping, and opens with Enter", async () => {
    const { onopen } = show(rowsOf(3));
    await press("ArrowUp");
    await vi.waitFor(() => expect(focused()).toBe("r0"));
    for (let step = 0; step < 5; step += 1) await press("ArrowDown");
    await vi.waitFor(() => expect(focused()).toBe("r2"));
    await press("Enter");
    expect(onopen).toHaveBeenCalledWith({ id: "r2", name: "行2" });
  });

  it("draws a part of many rows only, and goes to the last one all the same", async () => {
    show(rowsOf(3000));
    expect(document.querySelectorAll("[data-focus-key]").length).toBeLessThan(100);
    expect(screen.getByRole("grid").getAttribute("aria-rowcount")).toBe("3001");
    await press("End");
    await vi.waitFor(() => expect(focused()).toBe("r2999"));
    expect(document.activeElement?.getAttribute("aria-rowindex")).toBe("3001");
  });

  it("says what to do when it is empty", () => {
    show([]);
    expect(screen.getByText("没有办件。")).toBeDefined();
  });
});
