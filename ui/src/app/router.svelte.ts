/**
 * Hash routes: which page of which room is shown. Addresses hold ids only, never a name or a number of a person.
 */
import type { Component } from "svelte";
import { focusArrival, rememberPlace, restorePlace, type Place } from "../kit/focus";

/** The named parts of an address: `/cases/:id` gives `id`. */
export type Params = Readonly<Record<string, string>>;

/** What every page is given. */
export interface PageProps {
  params: Params;
}

type Page = Component<PageProps> | Component<Record<string, never>>;

/** A page of a room. */
export interface Route {
  /** Its address: `/cases/:id`. */
  path: string;
  page: () => Promise<{ default: Page }>;
}

/** The page that is shown. */
export interface Shown {
  /** The address without `#`: `/cases/3f…`. */
  path: string;
  params: Params;
  route: Route;
  Page: Component<PageProps>;
}

class Router {
  /** The page that is shown; undefined until the first one is there. */
  shown = $state.raw<Shown>();
  #routes: readonly Route[] = [];
  #home = "/";
  /** The entry of the history that is shown, and the last number given. */
  #entry = 0;
  #last = 0;
  #places = new Map<number, Place>();

  /** Starts with the routes there are; unknown addresses lead home. `focus` says where the first page is begun. */
  start(routes: readonly Route[], home: string, focus: () => void = focusArrival): () => void {
    this.#routes = routes;
    this.#home = home;
    const arrive = (event: Event) => void this.#arrive(event.type === "popstate");
    addEventListener("popstate", arrive);
    void this.#arrive(false, focus);
    return () => {
      removeEventListener("popstate", arrive);
      this.shown = undefined;
      this.#places.clear();
    };
  }

  /** Goes to an address. */
  async go(path: string, how: "push" | "replace" = "push"): Promise<void> {
    this.#leave();
    if (how === "push") {
      this.#last += 1;
      this.#entry = this.#last;
      history.pushState({ entry: this.#entry }, "", `#${path}`);
    } else {
      history.replaceState({ entry: this.#entry }, "", `#${path}`);
    }
    this.#places.delete(this.#entry);
    await this.#show(path);
    focusArrival();
  }

  /** Goes back, to the row and the scrolling that were left. */
  back(): void {
    history.back();
  }

  /** Goes forward again. */
  forward(): void {
    history.forward();
  }

  #leave(): void {
    if (this.shown) this.#places.set(this.#entry, rememberPlace());
  }

  async #arrive(isReturn: boolean, focus: () => void = focusArrival): Promise<void> {
    if (isReturn) this.#leave();
    const state: unknown = history.state;
    // An address typed or linked to has no number yet: it is a new place, not a return to an old one.
    const known =
      typeof state === "object" && state !== null && "entry" in state ? Number(state.entry) : undefined;
    const entry = known ?? this.#last + 1;
    this.#last = Math.max(this.#last, entry);
    this.#entry = entry;
    history.replaceState({ entry }, "");
    await this.#show(location.hash.slice(1));
    const place = this.#places.get(entry);
    if (isReturn && place) restorePlace(place);
    else focus();
  }

  async #show(path: string): Promise<void> {
    const found = this.#find(path) ?? this.#find(this.#home);
    if (!found) return;
    const { default: Page } = await found.route.page();
    // A page that needs no params ignores them.
    this.shown = { ...found, Page: Page as Component<PageProps> };
    await new Promise((painted) => setTimeout(painted));
  }

  #find(path: string): Omit<Shown, "Page"> | undefined {
    for (const route of this.#routes) {
      const params = match(route.path, path);
      if (params) return { path, params, route };
    }
    return undefined;
  }
}

/** The parts of `path` named by `pattern`, or undefined when it is another address. */
export function match(pattern: string, path: string): Params | undefined {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const value = given[at] ?? "";
    if (part.startsWith(":")) {
      if (value === "") return undefined;
      params[part.slice(1)] = decodeURIComponent(value);
    } else if (part !== value) {
      return undefined;
    }
  }
  return params;
}

/** The router of the window. */
export const router = new Router();
