import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { IdentityHow } from "../../../bindings";
import type { Counter } from "./counter.svelte";
import { emptyForm, nobodyChecked } from "./form";
import Identity from "./Identity.svelte";

function show(how: IdentityHow, reason = "") {
  const identity = { ...nobodyChecked(), how, reason, isSettled: true };
  const counter = { form: { ...emptyForm("a"), identity }, view: undefined } as unknown as Counter;
  return render(Identity, { counter, onsettled: () => undefined });
}

test("somebody who showed no document is not marked as checked, and why stands beside it", () => {
  const page = show("known_or_none", "楼上老邻居");
  expect(screen.getByText(/没有看证件/)).toBeTruthy();
  expect(screen.getByText("楼上老邻居")).toBeTruthy();
  expect(screen.queryByText(/已核对/)).toBeNull();
  page.unmount();
  show("last_four");
  expect(screen.getByText(/已核对/)).toBeTruthy();
});
