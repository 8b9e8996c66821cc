import { describe, expect, it } from "vitest";
import { match } from "./router.svelte";

describe("an address", () => {
  it("gives its named parts", () => {
    expect(match("/cases/:id", "/cases/3f")).toEqual({ id: "3f" });
    expect(match("/window/accept/:person/:item", "/window/accept/-/HJ002")).toEqual({
      person: "-",
      item: "HJ002",
    });
    expect(match("/window", "/window")).toEqual({});
  });

  it("is another one when a part differs, is missing or empty", () => {
    expect(match("/cases/:id", "/cases")).toBeUndefined();
    expect(match("/cases/:id", "/cases/")).toBeUndefined();
    expect(match("/cases/new", "/cases/3f")).toBeUndefined();
    expect(match("/cases/:id", "/cases/3f/papers")).toBeUndefined();
  });
});
