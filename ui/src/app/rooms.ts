/** The rooms of the product: what each brings to the rail, the router and the search. */
import type { HitKind } from "./calls";
import type { Route } from "./router.svelte";
import type { Command } from "../kit/commands.svelte";
import type { KeyId } from "../kit/keymap";

/** A room, as its `room.ts` describes it. */
export interface Room {
  /** The folder, and the first part of its addresses: `window`. */
  id: string;
  /** Its key; the digit never shifts. */
  keys: KeyId & `room${string}`;
  /** Its word in the rail. */
  label: () => string;
  /** Its first page. */
  home: string;
  routes: readonly Route[];
  /** Where a search hit of a kind opens. */
  opens?: Partial<Record<HitKind, (id: string) => string>>;
  /** What can be done from every room: a new case. A page may take the same key for itself. */
  commands?: readonly Command[];
  /** Whether the person at the desk can use it; without it, everybody. */
  when?: () => boolean;
}

const order = "1234567890S";

/** The rooms there are, in the order of the rail: every `rooms/<room>/room.ts`. */
export const rooms: readonly Room[] = Object.values(
  import.meta.glob<Room>("../rooms/*/room.ts", { eager: true, import: "room" }),
).sort((a, b) => order.indexOf(a.keys.slice(4)) - order.indexOf(b.keys.slice(4)));

/** Where a search hit opens. */
export function addressOf(hit: { kind: HitKind; id: string }): string | undefined {
  for (const { opens } of rooms) {
    const address = opens?.[hit.kind]?.(hit.id);
    if (address !== undefined) return address;
  }
  return undefined;
}
